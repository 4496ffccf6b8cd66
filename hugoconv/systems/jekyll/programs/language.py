"""Jekyll's Liquid: the language of python-liquid with the tags that Jekyll adds.

Tags that have a counterpart of their own (`highlight`, `post_url`, ...) write themselves, so that they are converted
afterwards as if the program had never been there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TextIO

from liquid import Environment, Mode, RenderContext
from liquid.ast import BlockNode, Node
from liquid.exceptions import LiquidError
from liquid.filter import with_context
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.template import BoundTemplate
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from hugoconv.systems.jekyll.liquid import BRANCH_TAGS
from hugoconv.systems.jekyll.programs.filters import FILTERS
from hugoconv.systems.jekyll.programs.rewriting import inert

MEANT = {"\ue0f0": "{%", "\ue0f1": "%}"}
"""What stands for the delimiters of tags that are meant to be converted, in what a program writes."""
_OPEN, _CLOSE = MEANT
_PARAMETER = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))\s*""", re.DOTALL
)
_FILE = re.compile(r"((?:[^\s{}]|\{\{.*?\}\})+)\s*", re.DOTALL)


_FOLDER, _PASSED_OVER = "page's folder", "tags passed over"
"""Names of values that no program can ask for."""


class NotStatic(LiquidError):
    """Something that nobody knows before the site is built, or that no reader of a file may see."""

    def __init__(self, message: str) -> None:
        super().__init__(message, token=None)


class Language(Environment):
    """The tags and filters of Jekyll; includes are read from below `includes`, and from beside a page."""

    loop_iteration_limit: ClassVar[int | None] = 200_000
    output_stream_limit: ClassVar[int | None] = 4_000_000
    keyword_assignment = True

    def __init__(self, root: Path, includes: Path) -> None:
        super().__init__(tolerance=Mode.STRICT)
        self.root = root
        self.includes = includes
        self.read = lru_cache(maxsize=256)(self._read)

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Add what Jekyll adds."""
        super().setup_tags_and_filters(extra=extra)
        self.tags = _Tags(self.tags, self)
        for tag in (_Include, _IncludeCached, _IncludeRelative, _Highlight, *_WRITTEN):
            self.add_tag(tag)
        self.filters = _Filters(self.filters | FILTERS)

    def _read(self, path: Path) -> BoundTemplate:
        """Return the template in a file; NotStatic for one that is not there, or lies outside of the site."""
        try:
            if not path.resolve(strict=True).is_relative_to(self.root.resolve()):
                raise NotStatic(f"{path.name} lies outside of the site")
            return self.from_string(path.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError, ValueError):
            raise NotStatic(f"no include {path.name}") from None


class Run:
    """One body's run of its programs: what an earlier one assigned is there for the later ones."""

    def __init__(self, language: Language, values: Mapping[str, object], folder: Path) -> None:
        self.language = language
        self.passed_over: list[str] = []
        hidden = {_FOLDER: folder, _PASSED_OVER: self.passed_over}
        self._context = RenderContext(language.from_string(""), globals={**values, **hidden})

    def write(self, source: str) -> str:
        """Return what a program writes; LiquidError when it cannot be run here.

        The tags that nobody knows, which write nothing, and such filters are added to `passed_over`.
        """
        template = self.language.from_string(source)
        self._context.template = template
        buffer = self._context.get_buffer()
        template.render_with_context(self._context, buffer)
        made = inert(buffer.getvalue())
        for stand_in, delimiter in MEANT.items():
            made = made.replace(stand_in, delimiter)
        return made


def _rest_of_tag(stream: TokenStream) -> str:
    """Return what stands behind the name of the current tag, and go to its last token."""
    if stream.peek.kind == TOKEN_EXPRESSION:
        next(stream)
        return str(stream.current.value)
    return ""


class _IncludeNode(Node):
    def __init__(self, token: Token, source: str, place: Callable[[Language, RenderContext], Path]) -> None:
        super().__init__(token)
        self.blank = False
        self.source = source
        self.place = place

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        language = context.env
        assert isinstance(language, Language)
        match = _FILE.match(self.source)
        name = _written(match[1], context) if match else ""
        path = self.place(language, context) / name
        parameters: dict[str, object] = {}
        for found in _PARAMETER.finditer(self.source, match.end() if match else 0):
            key, double, single, variable = found.groups()
            if variable is not None:
                parameters[key] = context.get([*variable.split(".")], token=None)
            else:
                parameters[key] = re.sub(r"\\([\"'])", r"\1", double if double is not None else single)
        template = language.read(path)
        with context.extend({"include": parameters}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1


def _written(source: str, context: RenderContext) -> str:
    """Return a file's name, in which outputs may stand."""
    if "{{" not in source:
        return source
    made = context.get_buffer()
    context.env.from_string(source).render_with_context(context, made, partial=True)
    return made.getvalue()


class _Include(Tag):
    """`include FILE name=value ...`, from the folder of includes."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """See `Tag.parse`."""
        token = stream.current
        return _IncludeNode(token, _rest_of_tag(stream), self.place)

    @staticmethod
    def place(language: Language, context: RenderContext) -> Path:
        """Return the folder of the file."""
        return language.includes


class _IncludeCached(_Include):
    name = "include_cached"


class _IncludeRelative(_Include):
    """`include_relative FILE`, from the folder of the page."""

    name = "include_relative"

    @staticmethod
    def place(language: Language, context: RenderContext) -> Path:
        """Return the folder of the file."""
        folder = context.resolve(_FOLDER)
        return folder if isinstance(folder, Path) else language.root


class _WrittenNode(Node):
    def __init__(self, token: Token, source: str, block: BlockNode | None = None) -> None:
        super().__init__(token)
        self.blank = False
        self.source = source
        self.block = block

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        name = str(self.token.value)
        buffer.write(f"{_OPEN} {' '.join((name, self.source)).strip()} {_CLOSE}")
        if self.block is not None:
            inner = context.get_buffer()
            self.block.render(context, inner)
            raw = f"{_OPEN} raw {_CLOSE}{inner.getvalue()}{_OPEN} endraw {_CLOSE}"
            buffer.write(f"{raw}{_OPEN} end{name} {_CLOSE}")
        return 1


class _Highlight(Tag):
    """`highlight LANGUAGE`, which is converted afterwards, around what its programs wrote."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        """See `Tag.parse`."""
        token = stream.current
        source = _rest_of_tag(stream)
        next(stream)
        block = get_parser(self.env).parse_block(stream, (self.end,))
        stream.expect(TOKEN_TAG, value=self.end)
        return _WrittenNode(token, source, block)


class _UnknownNode(Node):
    def __init__(self, token: Token) -> None:
        super().__init__(token)
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        _pass_over(f"tag {self.token.value}", context)
        return 0


def _pass_over(name: str, context: RenderContext) -> None:
    passed_over = context.resolve(_PASSED_OVER)
    if isinstance(passed_over, list):
        passed_over.append(name)


class _Filters(dict[str, Callable[..., Any]]):
    """The filters by name; one that nobody knows leaves its value as it is, as Jekyll's default is."""

    def __missing__(self, name: str) -> Callable[..., Any]:
        @with_context
        def unknown(value: object, *_: object, context: RenderContext, **__: object) -> object:
            _pass_over(f"filter {name}", context)
            return value

        return unknown


class _Unknown(Tag):
    """A tag of a plug-in: it writes nothing."""

    block = False

    def parse(self, stream: TokenStream) -> Node:
        """See `Tag.parse`."""
        token = stream.current
        _rest_of_tag(stream)
        return _UnknownNode(token)


class _Tags(dict[str, Tag]):
    """The tags by name, with one more for each name that is none."""

    def __init__(self, tags: Mapping[str, Tag], env: Environment) -> None:
        super().__init__(tags)
        self._unknown = _Unknown(env)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a tag; `default` for one that only divides or closes another."""
        if name in self:
            return self[name]
        return default if name in BRANCH_TAGS or name.removeprefix("end") in self else self._unknown


def _written_tag(tag: str) -> type[Tag]:
    def parse(self: Tag, stream: TokenStream) -> Node:
        token = stream.current
        return _WrittenNode(token, _rest_of_tag(stream))

    return type(
        f"_{tag}", (Tag,), {"name": tag, "block": False, "parse": parse, "__doc__": f"`{tag}`, converted later."}
    )


_WRITTEN: tuple[Any, ...] = tuple(
    map(_written_tag, ("post_url", "link", "gist", "youtube", "vimeo", "tweet", "twitter", "oembed", "embed", "img"))
)
