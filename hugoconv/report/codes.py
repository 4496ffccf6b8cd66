"""The one catalogue of finding codes, from which `hugoconv explain`, the report and the docs are made.

Families: HC1 source, HC2 front matter and dates, HC3 constructs and markup, HC4 assets, HC5 links and URLs, HC6 output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: `message` is filled with a finding's details, `why` explains, `remedy` says what to do."""

    code: str
    severity: Severity
    message: str
    why: str
    remedy: str


_ROWS = (
    # HC1: the source
    Code(
        "HC101",
        "error",
        "the file is not valid UTF-8 ({detail}); it is carried byte for byte",
        "Text in another encoding cannot be read without guessing, and a wrong guess would change the words.",
        "Save the file as UTF-8 and run again.",
    ),
    Code(
        "HC102",
        "info",
        "left out: {names}",
        "Build output, caches and version control are not part of a site: the generator makes them anew.",
        "Nothing to do; copy them yourself if you keep hand-made files there.",
    ),
    Code(
        "HC103",
        "error",
        "item {item} cannot be read: {detail}",
        "One item of the export is damaged. Everything around it was read.",
        "Export again, or mend the item at the given line and run again.",
    ),
    Code(
        "HC104",
        "error",
        "the export ends early: {detail}",
        "The file was cut off, usually by an upload or download limit. What came before the end was read.",
        "Export again, in parts if the host limits the size, and run with the complete file.",
    ),
    Code(
        "HC105",
        "warning",
        "{count} control characters that XML forbids were removed from the item",
        "WordPress writes such characters (U+0001 to U+001F, mostly pasted) although XML forbids them.",
        "Look at the place in the new page; nothing visible should be missing.",
    ),
    Code(
        "HC106",
        "warning",
        "the file has no {what}; {instead} is used",
        "Part of the export's envelope is missing, as in files made by scripts or cut by hand.",
        "Check that the value used is the right one.",
    ),
    Code(
        "HC107",
        "warning",
        "{detail}; repaired while reading",
        "The XML is not well-formed but what was meant is clear.",
        "Nothing to do; compare the item with the original if you are unsure.",
    ),
    Code(
        "HC108",
        "info",
        "{count} items of type {type} have no counterpart and were not converted",
        "These items hold settings of the old system (menus, styles, templates, caches), not writing.",
        "Name the type with --set importer.types=... if you want such items as pages.",
    ),
    Code(
        "HC109",
        "info",
        "not converted: {status} item",
        "Trash, auto-drafts and revisions are copies that the old system itself does not show.",
        "Ask for them with --set importer.trash=true.",
    ),
    Code(
        "HC110",
        "warning",
        "the symbolic link leads outside the site and was not followed",
        "Following it could copy private files, or never end.",
        "Copy the files into the site, or convert the folder it points to.",
    ),
    # HC2: front matter and dates
    Code(
        "HC201",
        "error",
        "the front matter cannot be read: {detail}",
        "Its own system cannot read it either, so there are no values to convert; the file is carried byte for byte.",
        "Mend the front matter at the given line and run again.",
    ),
    Code(
        "HC202",
        "warning",
        "the key {key} stands twice; {system} takes the last one",
        "The target refuses a repeated key, so only the value that counted was carried.",
        "Delete one of the two in the source if the other one was meant.",
    ),
    Code(
        "HC203",
        "warning",
        "{key}: the date {text!r} is not one that {system} can read; kept as {kept}",
        "The target would stop the build at this value.",
        "Write the date as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00.",
    ),
    Code(
        "HC204",
        "warning",
        "{key}: {text} was read as {value}, but its text is kept, quoted",
        "YAML 1.1 reads such text as a number in base sixty or with commas; a person meant the text.",
        "Write the number out if the number was meant.",
    ),
    Code(
        "HC205",
        "warning",
        "{count} comments inside {syntax} values could not be carried",
        "The target syntax, or the place in it, cannot hold comments.",
        "Copy them by hand from the source file if you still need them.",
    ),
    Code(
        "HC206",
        "error",
        "the front matter could not be edited: {detail}",
        "No way of writing the change left every other key as it was, so the file was left as it is.",
        "Make the change by hand, or simplify the front matter around that key.",
    ),
    Code(
        "HC207",
        "warning",
        "{key} has no value (null), which {syntax} cannot say; {instead}",
        "TOML and org have no null.",
        "Give the key a value, or delete it.",
    ),
    Code(
        "HC208",
        "warning",
        "{key} means something else to the target and is now {renamed}",
        "The target gives this key a meaning of its own: it would stop the build, or hide or move the page.",
        "Change templates that read the old key.",
    ),
    Code(
        "HC209",
        "info",
        "{count} secrets left out ({names})",
        "Post passwords, e-mail and IP addresses are not carried from one system to another unless asked for.",
        "Run with --include-secrets to keep them.",
    ),
    Code(
        "HC210",
        "warning",
        "not public on the old site ({status}); kept unpublished, as a draft",
        "Only what was public stays public.",
        "Publish it yourself when it is meant to be seen: remove the draft flag.",
    ),
    Code(
        "HC211",
        "warning",
        "{key}: {detail}; the value was kept as it is",
        "The typed field cannot be read from a value of this kind.",
        "Correct the value in the source.",
    ),
    Code(
        "HC212",
        "info",
        "{count} hidden custom fields left out ({names})",
        "Fields whose name starts with an underscore are the old system's and its plug-ins' own bookkeeping.",
        "Read them in a transform (post.extra) if you need one.",
    ),
    Code(
        "HC213",
        "error",
        "{key}: {detail}",
        "The value is not of a kind that the field can be read from, so the generator ignores it or stops its build.",
        "Correct the value.",
    ),
    Code(
        "HC214",
        "warning",
        "the page is public, but {system} hides it until its date, {date}",
        "The old generator went by another date, which says when the page was to appear.",
        "Give the page the date at which it appeared, or let the target show what lies ahead (future: true).",
    ),
    # HC3: constructs and markup
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
    # HC4: assets
    Code(
        "HC401",
        "warning",
        "missing file {target}",
        "The page refers to a local file that is not in the source.",
        "Put the file in place, or correct the reference.",
    ),
    Code(
        "HC402",
        "info",
        "{count} media files stay on the old host",
        "An export holds the addresses of media, not the files.",
        "Run again with a media folder beside the export, or with --media download.",
    ),
    Code(
        "HC403",
        "warning",
        "{system} fills {path} in while building (it has front matter); it is carried unprocessed",
        "The target copies such files as they are.",
        "Make it a template of the target, or render it once and keep the result.",
    ),
    Code(
        "HC404",
        "warning",
        "{path} begins as front matter does, so {system} fills it in while building",
        "The old generator published the file as it is; the target takes three hyphens for the start of a template.",
        "Compare the published file with the original.",
    ),
    Code(
        "HC405",
        "warning",
        "{system} does not publish {path} at its old address",
        "The target leaves out names that end with a dot, and decodes percent signs in names.",
        "Rename the file, and what refers to it.",
    ),
    Code(
        "HC410",
        "error",
        "the file {path} is missing: nothing in the new site has its content",
        "Every file that visitors of the old site could open should be in the new one, at the same path or another.",
        "Copy it from the old site to the same path, or convert again.",
    ),
    # HC5: links and URLs
    Code(
        "HC501",
        "warning",
        "{path} was taken by {other}; renamed to {renamed}",
        "Two source files want the same place in the target. The URL is kept.",
        "Nothing to do; give one of the two another slug for a nicer file name.",
    ),
    Code(
        "HC502",
        "warning",
        "the URL {url} cannot be kept; it is now {new}",
        "The target cannot write a file at that address.",
        "Add a redirect on the server.",
    ),
    Code(
        "HC503",
        "info",
        "{old} is now {new}; the old address is an alias",
        "The target derives another address; a redirect page stands at the old one.",
        "Nothing to do.",
    ),
    Code(
        "HC504",
        "info",
        "{count} pages have old addresses; they lead to the pages once the plug-in {plugin} is installed",
        "The target makes redirects with a plug-in, and stops when a plug-in that is named is not installed.",
        "Install it (gem install jekyll-redirect-from) and take the comment marks off `plugins` in _config.yml.",
    ),
    Code(
        "HC510",
        "error",
        "the post {title!r} ({address}) is missing",
        "No post of the new site has its URL, or its title and date.",
        "Convert again without filters (--only, --types, --since, --limit), or move the post by hand.",
    ),
    Code(
        "HC511",
        "error",
        "{field} was {was}, is now {now} (from {old})",
        "The new post says something else than the old one it was made from.",
        "Correct the front matter, unless you changed it on purpose.",
    ),
    Code(
        "HC512",
        "error",
        "the old URL {url} leads nowhere: the post is now at {new}, without an alias",
        "Links and search engines know the old address.",
        "Add the old address to the aliases, or set the URL.",
    ),
    Code(
        "HC513",
        "warning",
        "the text has {now:,} words, that of {old} has {was:,}",
        "Less than half of the words arrived; markup and shortcodes are not counted.",
        "Compare the two texts; convert the post again if something is missing.",
    ),
    # HC6: the output
    Code(
        "HC601",
        "error",
        "internal error while converting: {detail}",
        "This is a fault of hugoconv. The post was not converted; all others were.",
        "Please report it with the post; run with -v for the traceback.",
    ),
    Code(
        "HC602",
        "error",
        "{path} was to be written twice (also by {other}); the second was not written",
        "Two operations on one path would overwrite each other.",
        "Rename one of the two sources.",
    ),
    Code(
        "HC603",
        "warning",
        "{path} was changed since the last run and is kept",
        "The file is not the one that the last run wrote, so somebody edited it.",
        "Run with --force to overwrite it.",
    ),
    Code(
        "HC604",
        "error",
        "{path} leads outside the destination and was not written",
        "A name in the source tries to leave the destination folder.",
        "Rename it in the source.",
    ),
    Code(
        "HC605",
        "error",
        "{path} could not be written: {detail}",
        "The operating system refused the file.",
        "Free the path, the disk or the permission and run again.",
    ),
    Code(
        "HC606",
        "info",
        "dropped by the transform {name}",
        "The transform returned None for this post.",
        "Nothing to do if that was meant.",
    ),
    Code(
        "HC607",
        "error",
        "the post cannot be converted and is carried byte for byte to {path}",
        "It has no readable front matter, so in the target's content it would stop the build.",
        "Mend the source and run again, or move the file by hand.",
    ),
    Code(
        "HC608",
        "warning",
        "a file that was there before is kept: {path}",
        "The destination holds a file that no run of hugoconv wrote.",
        "Run with --force to replace it.",
    ),
    Code(
        "HC609",
        "info",
        "one process is used: {detail}",
        "Work can only be shared when every part of it can be sent to another process.",
        "Define the transform in an importable module.",
    ),
    Code(
        "HC610",
        "error",
        "the transform failed: {detail}",
        "The function that was given to change posts raised an error for this one, which was not converted.",
        "Mend the function and run again.",
    ),
)

CODES: dict[str, Code] = {row.code: row for row in _ROWS}
