"""HC6: What is written."""

from hugoconv.report.codes.code import Code

ROWS = (
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
    Code(
        "HC645",
        "info",
        "the file that was made from {path} is no longer there, so {path} is not written",
        "The manifest of the first conversion names it, but the site does not hold it any more.",
        "Nothing to do if it was removed on purpose; else take the file from the old site.",
    ),
    Code(
        "HC646",
        "info",
        "it was edited since it was made from {path}, so it is converted and not restored",
        "Only a file that nobody edited becomes the bytes it was made from.",
        "Compare the new file with the old one; values and words are those of the edited file.",
    ),
    Code(
        "HC647",
        "warning",
        "the bytes that it was made from ({path}) are gone, so it is converted and not restored",
        "They were kept beside the manifest in .hugoconv/originals and have been removed or damaged.",
        "Put .hugoconv back as the first conversion left it, or take the file from the old site.",
    ),
    Code(
        "HC648",
        "warning",
        "it was edited since hugoconv made it, and the old site has no such file: the edit is not carried",
        "It was made up from several files of the old site (its configuration, menus, layouts), which are restored.",
        "Make the same change in the restored site's own configuration or layouts.",
    ),
)
