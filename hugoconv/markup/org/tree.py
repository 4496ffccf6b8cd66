"""What an org text is made of: blocks, and what stands in their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# In a line


@dataclass(frozen=True, slots=True)
class Words:
    """Words; in those that are `raw` no name stands for a character."""

    text: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The ends of lines; `joins` says that they stand between two characters that need no space between them."""

    count: int
    joins: bool = False


@dataclass(frozen=True, slots=True)
class LineBreak:
    r"""`\\` at a line's end."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`*x*`, `/x/`, `=x=`, ..., `_{x}` and `^{x}`; the mark is the first character, `_{` or `^{`."""

    mark: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class InlineCode:
    """`src_python{print(1)}`."""

    language: str
    code: str


@dataclass(frozen=True, slots=True)
class InlineExport:
    """`@@html:<b>@@`."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    r"""`\(x\)`, `$x$`, `\begin{x}..\end{x}`: as it is written, for a script to draw."""

    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """`[1/2]`, `[50%]`."""

    text: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date, written out as readers see it."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """`[[target][description]]`, or an address among the words; `written` is the description as it is written."""

    target: str
    description: Inlines = ()
    written: str = ""

    @property
    def protocol(self) -> str:
        """What stands before the colon."""
        before, colon, _ = self.target.partition(":")
        return before if colon else ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """`[fn:name]`, or the note itself: `[fn:: what it says]`."""

    name: str
    definition: Inlines | None = None


@dataclass(frozen=True, slots=True)
class MacroCall:
    """`{{{name(a, b)}}}`."""

    name: str
    arguments: tuple[str, ...]


Inline = (
    Words
    | LineEnd
    | LineBreak
    | Emphasis
    | InlineCode
    | InlineExport
    | Formula
    | Progress
    | Stamp
    | Link
    | NoteMark
    | MacroCall
)
Inlines = Sequence[Inline]

# Blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of words."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of dashes."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What readers do not see: comments, properties, settings."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """`#+KEY: value`."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headline with what stands below it; `number` counts the headlines that are shown."""

    level: int
    number: int
    title: Inlines
    status: str = ""
    priority: str = ""
    tags: tuple[str, ...] = ()
    is_comment: bool = False
    anchor: str = ""
    blocks: Blocks = ()

    @property
    def id(self) -> str:
        """What links to it say."""
        return self.anchor or f"headline-{self.number}"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `term` is None where the list describes nothing."""

    blocks: Blocks
    number: str = ""
    status: str = ""
    term: Inlines | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: "unordered", "ordered" or "descriptive"."""

    kind: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; None is a rule between two of them."""

    rows: Sequence[Sequence[Inlines] | None]


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code; `options` are its header arguments. `results` are shown below it."""

    language: str
    text: str
    options: Mapping[str, str] = field(default_factory=dict)
    results: Block | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Text shown as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """Text for one kind of output."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Special:
    """`#+BEGIN_QUOTE` and the like around blocks, by its name in small letters."""

    name: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that something stands around that readers do not see, such as a drawer."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class FormulaBlock:
    r"""`\begin{x}`, lines and `\end{x}`."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a footnote says."""

    name: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Captioned:
    """A block with captions and attributes, as lines before it say."""

    block: Block
    captions: Sequence[Inlines]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Include:
    """A file shown as a block of a kind: "src", "example" or "export"."""

    path: str
    kind: str
    language: str


Block = (
    Paragraph
    | Rule
    | Hidden
    | Keyword
    | Section
    | Listing
    | Table
    | Code
    | Example
    | Export
    | Special
    | Group
    | FormulaBlock
    | Note
    | Captioned
    | Include
)
Blocks = Sequence[Block]
