"""`hugoconv init`: asks what a conversion needs to know, and writes hugoconv.toml."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hugoconv.cli.completion import written
from hugoconv.cli.move import Move, command_line
from hugoconv.cli.terminal import json_result, one_line, relative, result, tell

if TYPE_CHECKING:
    from hugoconv.cli.samples import Sample
    from hugoconv.systems.options import Option

QUESTIONS = 6
"""How many are asked at most: source, system, destination, syntax, media if not at hand, and layout for the rest."""


def init(
    source: Annotated[
        Path | None, typer.Argument(metavar="[SRC]", help="A site's folder, a post, or an export.", show_default=False)
    ] = None,
    destination: Annotated[
        Path | None, typer.Argument(metavar="[DEST]", help="The folder to write to.", show_default=False)
    ] = None,
    to: Annotated[
        str, typer.Option("--to", "-t", metavar="NAME", help="The system to write for.", autocompletion=written)
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a hugoconv.toml that is there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was chosen as JSON.")] = False,
) -> int:
    """Ask at most six questions and write hugoconv.toml.

    An empty answer takes the one in brackets. What is given here is not asked for.
    """
    from hugoconv.cli.config import NAME, text_of
    from hugoconv.cli.samples import Sample
    from hugoconv.errors import UsageError, suggestion
    from hugoconv.systems import exporters

    file = Path(NAME)
    if file.exists() and not force:
        raise UsageError(f"{NAME} is there already; edit it, or replace it with --force")
    if to and to not in exporters:
        raise UsageError(f"there is no exporter {to!r}{suggestion(to, exporters)}; there are: {', '.join(exporters)}")
    source = source or _asked_source()
    sample = Sample.of(source)
    tell(one_line(sample.summary()))
    tell(one_line(f"Beside the answers: where {sample.name} would go."))
    choices = _Choices(sample)
    choices.to = to or choices.asked_system()
    destination = destination or _asked_destination(sample, source, choices.to)
    choices.ask_media()
    choices.ask_layout()
    choices.ask_syntax()
    text = text_of(source, sample.system, destination, choices.to, choices.options, choices.media)
    file.write_text(text, encoding="utf-8")
    settings = [f"exporter.{name}={value}" for name, value in choices.options.items()]
    move = Move(
        source=source,
        destination=destination,
        from_=sample.system,
        to=choices.to,
        settings=settings,
        media=choices.media or Move.media,
    )
    if as_json:
        json_result(
            {
                "file": NAME,
                "source": str(source),
                "from": sample.system,
                "destination": str(destination),
                "to": choices.to,
                "options": choices.options,
                "media": move.media,
                "command": command_line(move),
            }
        )
        return 0
    tell(f"\nWritten: {NAME}. The same as one command:")
    result(command_line(move))
    tell("Next: hugoconv convert --dry-run")
    tell("Next: hugoconv convert --report report.html")
    return 0


@dataclass
class _Choices:
    """What the answers make of the target: its system, and the exporter's options that differ from the default."""

    sample: Sample
    to: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    media: str = ""

    def asked_system(self) -> str:
        from hugoconv.systems import exporters

        names = list(exporters)
        default = next((name for name in names if name != self.sample.system), names[0])
        rows = [(name, self.sample.path(name, {})) for name in names]
        return _chosen("What shall it become?", rows, default)

    def ask_media(self) -> None:
        """Ask what to do with media that are not beside an export."""
        from hugoconv.migrate.media import MEDIA_MODES

        here, others = self.sample.media()
        if not others or self.to == self.sample.system:
            return
        question = f"Pictures and other media: {here:,} are here, {others:,} are not. What to do with them?"
        self.media = _chosen(question, list(MEDIA_MODES.items()), "copy")

    def ask_layout(self) -> None:
        """Ask for the options that decide where the sample post goes, those with choices first."""
        asked = 0
        most = QUESTIONS - 4 - bool(self.media)
        for option in sorted(self._options(), key=lambda each: not each.choices):
            if option.name == "front_matter" or asked == most or not self._moves_the_sample(option):
                continue
            asked += 1
            question = f"{option.name}: {option.help}"
            if option.choices:
                rows = [(value, self._path(option, value)) for value in option.choices if value]
                answer = _chosen(question, rows, str(option.default) or rows[0][0])
            else:
                answer = _asked(
                    question, str(option.default), f"{option.default}: {self._path(option, option.default)}"
                )
            if answer != option.default:
                self.options[option.name] = answer

    def ask_syntax(self) -> None:
        """Ask for the syntax of the front matter, with the first line of the sample in each."""
        option = next((each for each in self._options() if each.name == "front_matter"), None)
        if option is None:
            return
        offered = (value for value in option.choices if value != "org")  # which is for texts written in org
        lines = {value: self.sample.first_line(self.to, {**self.options, option.name: value}) for value in offered}
        unset = lines.pop("", "") or lines[str(option.default)]
        if self.sample.keeps_syntax(self.to):
            lines = {"same": "as each post has it"} | lines
            default = "same"
        else:
            default = next(value for value, line in lines.items() if line == unset)
        answer = _chosen("Which syntax shall the front matter have?", list(lines.items()), default)
        if answer != default:
            self.options[option.name] = answer

    def _options(self) -> list[Option]:
        from hugoconv.systems import exporters
        from hugoconv.systems.options import options_of

        return options_of(exporters.load(self.to))

    def _path(self, option: Option, value: Any) -> str:
        return self.sample.path(self.to, {**self.options, option.name: value})

    def _moves_the_sample(self, option: Option) -> bool:
        if option.choices:
            return len({self._path(option, value) for value in option.choices if value}) > 1
        return (
            isinstance(option.default, str)
            and bool(option.default)
            and (self._path(option, "elsewhere") != self._path(option, option.default))
        )


def _asked_source() -> Path:
    """Ask for the source: what lies in the working folder and looks like a site or an export is offered."""
    from hugoconv.cli.samples import candidates
    from hugoconv.errors import UsageError

    found = candidates(Path())
    if not found:
        raise UsageError("nothing here looks like a site or an export; name it: hugoconv init SRC")
    rows = [(relative(path), reason) for path, reason in found]
    return Path(_chosen("What do you want to move?", rows, rows[0][0]))


def _asked_destination(sample: Sample, source: Path, system: str) -> Path:
    """Ask for the destination: one that is not there yet, outside the source, is offered."""
    beside = "../" if source.resolve() == Path.cwd() else ""
    numbers = ("", *(f"-{number}" for number in range(2, 100)))
    if sample.is_one_file(system):
        question, names = "Which file shall it become?", [f"{system}{number}.xml" for number in numbers]
    else:
        question, names = "Which folder shall it go to?", ["site", *(f"{system}-site{number}" for number in numbers)]
    return Path(_asked(question, next(f"{beside}{name}" for name in names if not Path(beside, name).exists())))


def _asked(question: str, default: str, note: str = "") -> str:
    """Ask for a text; an empty answer, or none any more, takes the default."""
    return _answer(f"{one_line(question)}" + (f" ({one_line(note)})" if note else ""), default)


def _chosen(question: str, rows: list[tuple[str, str]], default: str) -> str:
    """Ask for one of some names, by name or number; each is shown with what it leads to."""
    from hugoconv.errors import UsageError, suggestion

    names = [name for name, _ in rows]
    width = max(map(len, names))
    listed = [f"  {number}  {one_line(name):{width}}  {one_line(note)}" for number, (name, note) in enumerate(rows, 1)]
    question = "\n".join([question, *listed])
    for _ in range(3):
        answer = _answer(question, default)
        if answer.isdecimal() and 0 < int(answer) <= len(names):
            return names[int(answer) - 1]
        if answer in names:
            return answer
        tell(f"{one_line(answer)} is none of them{suggestion(answer, names)}")
    raise UsageError("three answers that do not fit; nothing was written")


def _answer(question: str, default: str) -> str:
    tell(f"\n{question}")
    print(f"[{one_line(default)}]: ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not sys.stdin.isatty() or not answer:
        tell(answer.strip())  # nobody typed it, so that the terminal has not shown it
    return answer.strip() or default
