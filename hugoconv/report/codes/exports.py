"""HC35 and HC62: Exports that are written, files with a piece for each post."""

from hugoconv.report.codes.code import Code

ROWS = (
    Code(
        "HC350",
        "info",
        "set the permalinks of WordPress to {structure}; {count} other addresses are in redirects.csv",
        "The address of a post follows from a setting that an export cannot carry.",
        "Settings, Permalinks, Custom structure; import redirects.csv with a redirection plug-in.",
    ),
    Code(
        "HC351",
        "info",
        "the site says no address, so {url} is written",
        "Links in an export are whole addresses.",
        "Run again with --set exporter.base_url=https://your.site",
    ),
    Code(
        "HC355",
        "info",
        "{count} items without a date are given {date}, because the export is split",
        "Parts repeat what their items need, and the importer knows it again by title, date and type only.",
        "Nothing to do; or give the pages dates, or import one file without --split.",
    ),
    Code(
        "HC620",
        "warning",
        "an item of {size:,} bytes is larger than a part may be ({limit:,})",
        "One item cannot be divided, so it has a file of its own that is larger than was asked for.",
        "Raise the limit of the host, or shorten the post.",
    ),
    Code(
        "HC621",
        "warning",
        "the change of {key} is not written: an item of an export has no place for it",
        "Only what WordPress keeps with a post can be edited in an export; all else is derived.",
        "Put the value under meta, where it becomes a custom field.",
    ),
    Code(
        "HC622",
        "info",
        "{count} files are copied but get no attachment: the library takes none of their kind",
        "WordPress keeps pictures, sounds, films and documents in its library, but no scripts, styles or fonts.",
        "Put what the new site needs of them into its theme.",
    ),
    Code(
        "HC623",
        "info",
        "{count} files of the old site's layout and configuration stay behind",
        "Templates and configurations have no place in an export.",
        "Choose a theme in WordPress and set it up there.",
    ),
    Code(
        "HC624",
        "warning",
        "the slug {slug} is taken, so it is {renamed} here",
        "WordPress gives each slug once in a type, and would rename the second one itself.",
        "Nothing to do; the old address is in redirects.csv.",
    ),
    Code(
        "HC625",
        "info",
        "the time is now {date}, a little later, so that WordPress keeps both posts",
        "The importer takes two posts with the same title, date and type for one.",
        "Nothing to do.",
    ),
    Code(
        "HC626",
        "info",
        "the front page is a page named home",
        "An export cannot say which page is the front page.",
        "Choose it in WordPress under Settings, Reading.",
    ),
    Code(
        "HC627",
        "error",
        "the post cannot be read and is carried as a draft with its whole text: {detail}",
        "It has no readable front matter, so nothing but its text is known.",
        "Mend the source and run again, or finish the draft in WordPress.",
    ),
    Code(
        "HC628",
        "info",
        "{path} is a page without content, added because others stand below it",
        "WordPress builds the address of a page from the pages above it.",
        "Write something on the page, or leave it empty.",
    ),
    Code(
        "HC629",
        "warning",
        "WordPress has to know these types and taxonomies before the import: {names}",
        "The importer skips posts and terms of a kind that no plug-in or theme has registered.",
        "Register them (a plug-in for custom post types does), then import.",
    ),
)
