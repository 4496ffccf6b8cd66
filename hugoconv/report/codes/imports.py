"""HC12 and HC39: Exports of other houses that are read."""

from hugoconv.report.codes.code import Code

ROWS = (
    Code(
        "HC120",
        "warning",
        "the export does not say the address of the site, so files cannot be fetched and links stay without a host",
        "Ghost writes a placeholder where its own address belongs.",
        "Run again with --set importer.base_url=https://your.site",
    ),
    Code(
        "HC121",
        "info",
        "not read: {names}",
        "These are subscribers, keys, settings and the program's own notes, not writing; they are never written.",
        "Nothing to do; keep the export where only you can read it.",
    ),
    Code(
        "HC122",
        "info",
        "not public on the old site: {reason}",
        "What not everybody could read must not be published by a move.",
        "Publish it yourself if you want to, or see the importer's options: hugoconv formats ghost",
    ),
    Code(
        "HC123",
        "info",
        "left out: {what}",
        "These parts of the text work only with the old service behind them, or are for some readers only.",
        "Nothing to do; write them anew where you miss them.",
    ),
    Code(
        "HC124",
        "warning",
        "{count:# card} of the kind {name}, which hugoconv does not know, left out",
        "A card is a block of the editor. Of this kind nobody has told hugoconv what it shows.",
        "Look at the page on the old site and write that part anew.",
    ),
    Code(
        "HC125",
        "error",
        "the text in the form {form} cannot be read, so another form of it counts, or none",
        "The export holds a text in the form its editor keeps, and that is damaged.",
        "Open the post in the old editor, save it and export again.",
    ),
    Code(
        "HC126",
        "warning",
        "it cannot be followed in full: {detail}",
        "A file of settings beside the export says something that a static site cannot do, or is damaged.",
        "See that the addresses in the report are those of the old site; --set importer.permalinks=... says them.",
    ),
    Code(
        "HC127",
        "warning",
        "code was injected into {what}; it stays behind",
        "Scripts and styles that were put into the old theme's pages would do anything, or nothing, in another theme.",
        "Put what you still need into a template of the new site.",
    ),
    Code(
        "HC128",
        "warning",
        "the redirect from {old} to {new} is a pattern for many addresses; it stays behind",
        "Only redirects of single addresses can be carried to every target.",
        "Give the pattern to your web server.",
    ),
    Code(
        "HC130",
        "warning",
        "a feed holds only the newest posts of a site: {count} here",
        "Feeds are made for readers of news. Older posts, pages, drafts and most comments are not in them.",
        "Look for an export of the old system; if there is none, see that the number of posts is the site's.",
    ),
    Code(
        "HC131",
        "warning",
        "the feed has only the beginning of {link}",
        "Some sites put summaries into their feeds, so the rest of the text is nowhere in the file.",
        "Set the old site to put whole posts into its feed, and save it again.",
    ),
    Code(
        "HC132",
        "info",
        "{count:# comment} on posts that are not in the export, left out",
        "The posts were deleted or are in the trash, and comments belong to a page.",
        "Nothing to do.",
    ),
    Code(
        "HC133",
        "warning",
        "{detail}",
        "The table of posts and the files of an export belong together, and one of the two is missing here.",
        "Export again; if it is the same, write the post anew from the old site.",
    ),
    Code(
        "HC134",
        "info",
        "an answer to somebody else's story; it becomes a draft",
        "The export has what you wrote below other people's stories among your own.",
        "Delete it, or publish it: --set importer.responses=public does for all.",
    ),
)
