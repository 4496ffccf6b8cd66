"""Everything that `hugoconv convert` can be told: a field of `Move` each, from which its options are made."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from typer import Argument, Option


@dataclass(frozen=True)
class Sets:
    """Marks a field that is a short way to say `--set SCOPE.NAME=VALUE`; SCOPE is "importer" or "exporter"."""

    scope: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """One conversion as a person asks for it: to add an option, add a field here and use it in `convert`.

    A field marked `Sets("exporter")` needs no more than that: its value goes to the exporter's option of that name.
    """

    source: Annotated[Path | None, Argument(metavar="SRC", help="A site's folder, a post, or an export.")] = None
    destination: Annotated[Path | None, Argument(metavar="DEST", help="The folder to write to.")] = None
    to: Annotated[str, Option("--to", "-t", metavar="NAME", help="The system to write for; see: hugoconv formats.")] = (
        ""
    )
    from_: Annotated[str, Option("--from", "-f", metavar="NAME", help="The system to read (default: detected).")] = ""
    settings: Annotated[
        list[str],
        Option("--set", metavar="importer.KEY=VALUE", help="An option of the importer or exporter; repeatable."),
    ] = field(default_factory=list)
    front_matter: Annotated[
        str,
        Option(metavar="yaml|toml|json", help="Syntax of the front matter, as --set exporter.front_matter=..."),
        Sets("exporter"),
    ] = ""
    types: Annotated[str, Option(metavar="A,B", help="Only posts of these types.")] = ""
    since: Annotated[str, Option(metavar="YYYY-MM-DD", help="Only posts from this day on.")] = ""
    only: Annotated[list[str], Option(metavar="GLOB", help="Only posts whose path or name matches; repeatable.")] = (
        field(default_factory=list)
    )
    limit: Annotated[int, Option(min=0, metavar="N", help="Only the first N posts.", show_default=False)] = 0
    transforms: Annotated[
        list[str],
        Option("--transform", metavar="FILE.py:FUNC", help="A function to apply to each post; repeatable."),
    ] = field(default_factory=list)
    dry_run: Annotated[bool, Option("--dry-run", "-n", help="Write nothing; show what would be written.")] = False
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change, as a unified diff.")] = False
    check: Annotated[bool, Option("--check", help="Write nothing; exit with 1 if anything would be written.")] = False
    in_place: Annotated[bool, Option("--in-place", help="Edit SRC itself; DEST is the same folder.")] = False
    force: Annotated[
        bool,
        Option("--force", help="Write into a folder that is not empty, over files of others; nothing is deleted."),
    ] = False
    include_secrets: Annotated[
        bool, Option("--include-secrets", help="Carry post passwords, e-mail and IP addresses too.")
    ] = False
    reports: Annotated[
        list[Path], Option("--report", metavar="FILE", help="Write a report (.html or .json); repeatable.")
    ] = field(default_factory=list)
    as_json: Annotated[bool, Option("--json", help="Print the report as JSON.")] = False
    strict: Annotated[bool, Option("--strict", help="Exit with 1 for warnings too.")] = False
    jobs: Annotated[
        int, Option("-j", min=0, metavar="N", help="Number of processes (default: by the work).", show_default=False)
    ] = 0
    quiet: Annotated[bool, Option("--quiet", "-q", help="Print results and errors only.")] = False
    verbose: Annotated[bool, Option("--verbose", "-v", help="Print every finding; show faults in full.")] = False

    @property
    def writes_nothing(self) -> bool:
        """Whether the run only shows what it would do."""
        return self.dry_run or self.diff or self.check

    def system_options(self) -> dict[str, dict[str, Any]]:
        """Return the options of the importer and of the exporter, by scope: those of --set, then those with flags."""
        from hugoconv.cli.settings import system_options

        options: dict[str, dict[str, Any]] = system_options(self.settings)
        for name, annotation in get_type_hints(Move, include_extras=True).items():
            for marker in getattr(annotation, "__metadata__", ()):
                value = getattr(self, name)
                if isinstance(marker, Sets) and value:
                    options[marker.scope][name] = value
        return options


def command_of(run: Callable[[Move], int]) -> Callable[..., int]:
    """Return a function with a parameter for each field of `Move`, as Typer wants it, that calls `run` with a Move."""

    def command(**values: Any) -> int:
        return run(Move(**values))

    hints = get_type_hints(Move, include_extras=True)
    parameters = [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=hints[each.name],
            default=each.default if each.default_factory is dataclasses.MISSING else each.default_factory(),
        )
        for each in dataclasses.fields(Move)
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__name__ = run.__name__
    command.__doc__ = run.__doc__
    return command
