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
    Code(
        "HC664",
        "error",
        "the bodies are {system}'s own, and what its shortcodes and links refer to is not known from a dump",
        "To become another system's a body needs the whole site around it, its templates and its other pages.",
        "Convert the dump back to its own system first, and that site then.",
    ),
)
