"""HC66: dumps of the model."""

from hugoconv.report.codes.code import Code

ROWS = (
    Code(
        "HC660",
        "error",
        "the line is no post: {detail}",
        "A line that is not as the schema says is left out; all others are read.",
        "Mend the line (`hugoconv schema` prints what it must hold), or write the dump again.",
    ),
    Code(
        "HC661",
        "error",
        "the asset {key} is refused: {detail}",
        "A key names a file below assets/ and may not lead out of it.",
        "Take the entry out of site.json, or write the dump again.",
    ),
    Code(
        "HC662",
        "error",
        "the asset {key} is not as the dump says: {detail}",
        "The files of a dump lie in assets/ beside it.",
        "Copy the folder whole, or write the dump again.",
    ),
    Code(
        "HC663",
        "warning",
        "{field} says something else than the front matter, which counts",
        "The fields of a line are there for other programs; what is read is the front matter below them.",
        "Edit front_matter.text (front_matter.values where it has no text).",
    ),
)
