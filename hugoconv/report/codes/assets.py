"""HC4: Assets."""

from hugoconv.report.codes.code import Code

ROWS = (
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
    Code(
        "HC430",
        "warning",
        "missing file {target}; did you mean {near}?",
        "The page refers to a local file or page that is not there, but one of nearly that name is.",
        "Correct the reference, or the name of the file.",
    ),
    Code(
        "HC431",
        "warning",
        "{target} is there only with other capital letters: {near}",
        "Windows and macOS do not tell the two apart, web servers do.",
        "Correct the reference, or the name of the file.",
    ),
    Code(
        "HC432",
        "info",
        "{count} media files are mentioned by no page: {names}",
        "They may belong to the theme, to a page that is gone, or to nobody. They are carried all the same.",
        "Nothing to do; delete those that you know to be useless.",
    ),
)
