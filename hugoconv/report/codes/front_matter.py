"""HC2: Front matter and dates."""

from hugoconv.report.codes.code import Code

ROWS = (
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
)
