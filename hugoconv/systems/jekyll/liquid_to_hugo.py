"""Jekyll bodies to Hugo's text: each construct is looked up in a table and replaced at its span.

Liquid programs are run first, over the site as it stands; what cannot be run is hidden in a comment. What would act in
Hugo though it did not in Jekyll, `{{<` and `{{%`, is made inert.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from hugoconv.markup.constructs import Construct, SummaryDivider, Unknown
from hugoconv.markup.signs import has
from hugoconv.report.findings import PlacedFindings
from hugoconv.systems.jekyll import attribute_rules, liquid, output_rules, read_otherwise, tags
from hugoconv.systems.jekyll.conversion import Conversion, JekyllBodyContext, Run
from hugoconv.systems.jekyll.dialect import JekyllDialect
from hugoconv.systems.jekyll.output_rules import convert_output, is_base_url
from hugoconv.systems.jekyll.programs.rewriting import Rewritten, without_programs

__all__ = ["JekyllBodyContext", "to_hugo_body"]


def to_hugo_body(text: str, context: JekyllBodyContext, log: PlacedFindings) -> str:
    """Return a Jekyll body as Hugo's text; what has no counterpart stays visible and is logged. Never raises."""
    written = _without_programs(text, context, log) if context.liquid else Rewritten(text)
    constructs = JekyllDialect(context.markup).scan(written.text)
    if not context.liquid:
        constructs = [construct for construct in constructs if construct.kind not in _LIQUID_KINDS]
    conversion = Conversion(written.text, constructs, context, log, partial(written.line_of, old=text))
    definitions = {item.name: item.arguments for item in constructs if item.kind == "definition"}
    around: list[Construct] = []
    for index, construct in enumerate(constructs):
        while around and around[-1].inner_end <= construct.start:
            around.pop()
        conversion.enclosing = around[-1] if around else None
        if construct.kind == "attributes":
            attribute_rules.convert_attributes(conversion, construct, definitions)
        elif _precedes_link(constructs, index, conversion):
            conversion.replace_tag(construct.start, construct.end, "")
        elif not _convert(conversion, construct):
            conversion.hide(construct)
        if construct.kind == "tag" and construct.inner_start >= 0:
            around.append(construct)
    _divide(conversion, constructs)
    if conversion.is_markdown:
        conversion.set_headings()
        conversion.set_formulas()
        for position in read_otherwise.fence_braces(conversion):
            conversion.replace(position, position + 1, "&#123;")
        conversion.set_numbers()
        conversion.set_links()
        conversion.set_marks()
        for position, name in read_otherwise.found(conversion):
            conversion.report("HC319", Construct("", "text", position, position), name=name)
    return conversion.finished()


_LIQUID_KINDS = frozenset({"tag", "output", "error"})


def _without_programs(text: str, context: JekyllBodyContext, log: PlacedFindings) -> Rewritten:
    """Return the body with its programs run or hidden, all that has a counterpart of its own left for the rules."""
    if not has(text, "{{", "{%"):
        return Rewritten(text)
    reporting = Conversion(text, [], context, log)
    run: Run | None = None

    def is_known(construct: Construct) -> bool:
        if construct.kind == "tag":
            return tags.is_known(context, text, construct)
        return output_rules.is_known(context, construct)

    def write(construct: Construct) -> str | None:
        nonlocal run
        if context.programs is None:
            return None
        run = run or context.programs()
        run.passed_over.clear()
        try:
            made = run.write(text[construct.start : construct.end])
        except Exception:  # a program of somebody else's, which may stop in any way
            return None
        for name in dict.fromkeys(run.passed_over):
            reporting.report("HC318", construct, name=reporting.source(construct), what=name)
        return made

    def report(code: str, construct: Construct) -> None:
        reporting.report(code, construct, name=reporting.source(construct))

    return without_programs(text, is_known, write, report, is_markdown=reporting.is_markdown)


def _convert(conversion: Conversion, construct: Construct) -> bool:
    match construct.kind:
        case "tag":
            return construct.name in liquid.BRANCH_TAGS or tags.convert_tag(conversion, construct)
        case "output":
            return convert_output(conversion, construct)
        case "extension":
            if not attribute_rules.convert_extension(conversion, construct):
                conversion.report("HC311", construct, name=f"extension {construct.name}", outcome="kept as text")
        case "definition":
            attribute_rules.remove_definition(conversion, construct)
        case "abbreviation":
            attribute_rules.remove_abbreviation(conversion, construct)
        case "error":
            conversion.report("HC312", construct, detail=construct.arguments[0][1])
    return True


def _precedes_link(constructs: Sequence[Construct], index: int, conversion: Conversion) -> bool:
    """Say whether a base URL stands right before a tag that writes the base URL itself."""
    construct = constructs[index]
    if not is_base_url(construct) or index + 1 == len(constructs):
        return False
    following = constructs[index + 1]
    if following.start != construct.end or following.name not in ("post_url", "link"):
        return False
    resolve = conversion.context.post_url if following.name == "post_url" else conversion.context.link
    return resolve(liquid.markup(conversion.text, following).partition("#")[0].strip()) is not None


def _divide(conversion: Conversion, constructs: Sequence[Construct]) -> None:
    """Put Hugo's divider where the excerpt ends; a separator that readers see stays behind it, one in code is text."""
    separator = conversion.context.excerpt_separator
    divider = conversion.context.target.render(SummaryDivider())
    shown = conversion.context.target.render(Unknown(divider, "code")) if divider in conversion.text else divider
    for match in re.finditer(re.escape(divider), conversion.text) if shown != divider else ():
        if conversion.code_at(match.start()):
            conversion.replace(*match.span(), conversion.render(Unknown(divider, "code")))
    start = conversion.text.find(separator) if separator.strip() and separator.strip() != divider else -1
    if start < 0 or any(_hides(construct, start) for construct in constructs):
        return
    is_comment = separator.strip().startswith("<!--")
    conversion.replace(
        start, start + len(separator) if is_comment else start, divider if is_comment else f"{divider}\n"
    )


def _hides(construct: Construct, position: int) -> bool:
    """Say whether a position is inside a construct's own text, or in a comment."""
    if not construct.start <= position < construct.end:
        return False
    inside = construct.inner_start <= position < construct.inner_end
    return not inside or construct.name in ("comment", "highlight", "codeblock")
