"""HC1: What is wrong with the source."""

from hugoconv.report.codes.code import Code

ROWS = (
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
        "{count:# control character} that XML forbids removed from the item",
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
        "{count:# item} of type {type} without a counterpart, not converted",
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
    Code(
        "HC111",
        "warning",
        "the export holds no items, only authors and terms",
        "Nothing that is writing was exported: one kind of content was chosen that is empty, or a part is missing.",
        "Export all content (Tools > Export in WordPress) and run again, if there should be posts.",
    ),
    Code(
        "HC113",
        "warning",
        "the site had several languages, but the export does not say which page is in which",
        "WPML keeps languages and translations in a table of its own, which WordPress does not export.",
        "Name the languages whose addresses begin with their codes (--set importer.languages=de,fr), or export again "
        "with WPML's add-on Export and Import.",
    ),
    Code(
        "HC116",
        "warning",
        "the text is in several languages at once ({languages}), with marks between them that readers see",
        "qTranslate keeps all languages of a post in one text, and shows the one that is asked for.",
        "Convert once for each language, each into a folder of its own: --set importer.language=de",
    ),
    Code(
        "HC115",
        "info",
        "the names that feeds gave {count:# post|posts} are in front matter, under guid",
        "A reader of a feed knows posts by these names; where the new feed has others, it shows every post as new.",
        "Let the template of the feed write `guid` where a post has one; or live with one day of old posts.",
    ),
    Code(
        "HC114",
        "warning",
        "the status {status} is none of WordPress's own, so the item is a draft",
        "WordPress shows nobody what has such a status; a plug-in may have.",
        "Publish it yourself when it is meant to be seen: remove the draft flag.",
    ),
)
