"""HC5: Links and URLs."""

from hugoconv.report.codes.code import Code

ROWS = (
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
    Code(
        "HC530",
        "warning",
        "{target}: nothing on {page} is called {anchor}",
        "The link leads to the page, but to no heading or element of it.",
        "Correct the part after the #, or give the heading that id.",
    ),
    Code(
        "HC531",
        "warning",
        "the link {url} still leads to the old host",
        "No page or file of the new site is known by that address, so the link was left as it is.",
        "Move what it leads to, or correct the link before the old site is switched off.",
    ),
    Code(
        "HC532",
        "error",
        "{url} is also the address of {other}",
        "Of two pages with one address the generator publishes only one.",
        "Give one of the two another slug or url.",
    ),
    Code(
        "HC533",
        "error",
        "the old address {alias} is claimed by {other} too",
        "A redirect page stands at each old address; two pages cannot stand at one place.",
        "Take it off one of the two pages.",
    ),
    Code(
        "HC540",
        "error",
        "the old site has {path}, the new one has nothing there",
        "Of two built sites, every file of the old one must stand in the new one or lead on from there.",
        "Give the page its old URL, or the old address as an alias; copy a file to the same path.",
    ),
    Code(
        "HC541",
        "error",
        "the old address leads on to {target}, where there is nothing",
        "An alias or redirect page names a page that the new site does not have.",
        "Correct the alias, or give the page that it means its address.",
    ),
)
