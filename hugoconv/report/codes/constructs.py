"""HC3: Constructs and markup."""

from hugoconv.report.codes.code import Code

ROWS = (
    Code(
        "HC301",
        "warning",
        "unmapped shortcode {name} (kept as text)",
        "There is no counterpart in the target, so it stays visible and inert in the text.",
        "Give it a mapping, or write a shortcode template of that name.",
    ),
    Code(
        "HC302",
        "warning",
        "Liquid {name} has no counterpart (kept as text)",
        "Jekyll ran this code while building; the target prints it as text.",
        "Replace it by hand, or by a shortcode.",
    ),
    Code(
        "HC303",
        "info",
        "dynamic block {name} left out: its content is made when the page is viewed",
        "The block stores no content of its own (a calendar, a query, latest posts).",
        "Put the theme's own list or widget in its place.",
    ),
    Code(
        "HC304",
        "warning",
        "reusable block {ref} is not in the export",
        "The post shows a shared block whose content was not exported.",
        "Export all content, not single posts, and run again.",
    ),
    Code(
        "HC305",
        "info",
        "raw HTML kept ({name}); the target shows it only with unsafe rendering on",
        "Markdown cannot say this, so it stays HTML; the written configuration allows it.",
        "Nothing to do with the written configuration. With your own, set markup.goldmark.renderer.unsafe = true.",
    ),
    Code(
        "HC306",
        "warning",
        "{what} is nested too deeply to convert; kept as HTML",
        "The markup is nested hundreds of levels deep, mostly by a broken editor.",
        "Clean the post up in the source.",
    ),
    Code(
        "HC307",
        "warning",
        "{name}: {detail}",
        "The construct was converted, but not everything it says has a counterpart.",
        "Compare the new page with the old one at this place.",
    ),
    Code(
        "HC308",
        "warning",
        "layout code is not translated: {path}",
        "Templates are programs; each generator has its own language for them. The file is carried beside the site.",
        "Choose a theme, or translate the template by hand.",
    ),
    Code(
        "HC309",
        "warning",
        "a {markup} body is carried as it is",
        "There is no converter for this markup.",
        "Convert the body by hand, or install what the target needs to render it.",
    ),
    Code(
        "HC310",
        "info",
        "styles left out ({names})",
        "Colours, sizes, alignment and link targets written into the text are the theme's business in the target.",
        "Nothing to do, unless the look of this page matters: then style it in the theme.",
    ),
    Code(
        "HC311",
        "warning",
        "kramdown {name} has no counterpart ({outcome})",
        "kramdown, Jekyll's Markdown, reads this while building; Goldmark, Hugo's, has nothing like it.",
        "Compare the new page with the old one at this place; write HTML or a shortcode there.",
    ),
    Code(
        "HC312",
        "error",
        "Liquid stops Jekyll's build here: {detail}",
        "The source cannot be built by Jekyll as it is, so nothing says what this place should show.",
        "Mend the tag in the source and run again, or correct the new page by hand.",
    ),
    Code(
        "HC313",
        "error",
        "a shortcode stops Hugo's build here: {detail}",
        "The source cannot be built by Hugo as it is, so nothing says what this place should show; it is kept as text.",
        "Mend the shortcode in the source and run again, or correct the new page by hand.",
    ),
    Code(
        "HC314",
        "info",
        "a link to {url} that shows nothing was left out",
        "There is no text and no picture between its tags: a leftover of editing, or an icon drawn by the old theme.",
        "Nothing to do, unless the old page shows an icon there: then write the link anew with words.",
    ),
)
