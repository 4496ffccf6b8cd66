"""HC68: what a system has no counterpart for."""

from hugoconv.report.codes.code import Code

ROWS = (
    Code(
        "HC680",
        "info",
        "{system} has nothing to show for: {what}",
        "The values are kept in the file, so that templates of the new site can read them.",
        "Nothing is lost. `hugoconv formats NAME` lists what each system has no counterpart for.",
    ),
    Code(
        "HC681",
        "warning",
        "{system} has no counterpart for: {what}",
        "The system has no place for it, so it is not carried whole.",
        "Look at the page. `hugoconv formats NAME` lists what each system has no counterpart for.",
    ),
    Code(
        "HC682",
        "warning",
        "{count:# list page} of the old site, such as {address}: templates of {system} make them",
        "Lists of posts, tags and categories are made by templates, and only content was written.",
        "Make the lists in your own templates, or write a site around the posts with --set exporter.scaffold=true.",
    ),
    Code(
        "HC691",
        "warning",
        "{count:# feed} of the old site, such as {address}: nothing answers for them in the new {system} site",
        "Feeds are made by templates, and readers of feeds follow no pages that lead elsewhere.",
        "Lead the old address to a feed of your own, or write a site around with --set exporter.scaffold=true.",
    ),
    Code(
        "HC683",
        "warning",
        "the tag {name} means something to {system} itself",
        "The system has a collection of that name, which the post joins.",
        "Rename the tag if a list of it is wanted.",
    ),
    Code(
        "HC684",
        "warning",
        "the post has no date, and lists of {system} leave out posts without one",
        "Lists of posts are sorted by date.",
        "Give the post a date.",
    ),
    Code(
        "HC685",
        "info",
        "the page has no title, and is called {title}, because {system} leaves out what has none",
        "The page was shown without a title on the old site.",
        "Nothing is lost; give it another title if this one is shown.",
    ),
    Code(
        "HC686",
        "warning",
        "the {name} has {length} characters, of which the system takes {limit}; the rest is cut off",
        "Its database has no room for more.",
        "Look at the page and say it shorter.",
    ),
    Code(
        "HC687",
        "warning",
        "{count:# file} of a kind that Ghost does not take, such as {names}",
        "Ghost takes pictures, sounds, films and some kinds of documents.",
        "Put these files on another host, and change the links to them.",
    ),
    Code(
        "HC688",
        "info",
        "it is not written: {what}",
        "The system has no place for such a page, or nobody is to see it.",
        "Nothing to do, or write what it said as a page.",
    ),
    Code(
        "HC689",
        "warning",
        "the post has no date, so that Ghost gives it the day of the import",
        "Ghost's posts always have a date.",
        "Give the post a date.",
    ),
    Code(
        "HC690",
        "warning",
        "{count:# list page} of the old site, such as {names}, have no page in Ghost that shows the same",
        "Ghost lists posts by tags and authors only.",
        "Add a redirect to redirects.json for each that visitors may look for.",
    ),
    Code(
        "HC692",
        "warning",
        "{count:# menu entry|menu entries} left out ({names})",
        "Ghost has two menus, one above and one below its pages, and no entries below others.",
        "Add the entries in Settings, Navigation, or link to them from a page.",
    ),
)
