"""Everything that `hugoconv convert` can be told: a field of `Move` each, from which its options are made."""

from __future__ import annotations

import dataclasses
import inspect
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from typer import Argument, Context, Option
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from hugoconv.cli import completion


@dataclass(frozen=True)
class Sets:
    """Marks a field that is a short way to say `--set SCOPE.NAME=VALUE`; SCOPE is "importer" or "exporter"."""

    scope: str


@dataclass(frozen=True)
class Key:
    """Marks a field that `hugoconv.toml` can hold too, as the key `NAME` of the table `TABLE`: "TABLE.NAME".

    A name without a dot is that of a table whose keys are the field's own.
    """

    name: str
    help: str = ""
    """What it does, where no option says so."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One conversion as a person asks for it: to add an option, add a field here and use it in `convert`.

    A field marked `Sets("exporter")` needs no more than that: its value goes to the exporter's option of that name.
    A field without `Argument` or `Option` stands in `hugoconv.toml` alone.
    """

    source: Annotated[
        Path | None,
        Argument(metavar="SRC", help="A site's folder, a post (- is stdin), or an export."),
        Key("source.path"),
    ] = None
    destination: Annotated[
        Path | None,
        Argument(metavar="DEST", help="The folder, or export file, to write; for one post also a file, or - (stdout)."),
        Key("target.path"),
    ] = None
    to: Annotated[
        str,
        Option(
            "--to",
            "-t",
            metavar="NAME",
            help="The system to write for; see: hugoconv formats.",
            autocompletion=completion.written,
        ),
        Key("target.format"),
    ] = ""
    from_: Annotated[
        str,
        Option(
            "--from",
            "-f",
            metavar="NAME",
            help="The system to read (default: detected).",
            autocompletion=completion.read,
        ),
        Key("source.format"),
    ] = ""
    settings: Annotated[
        list[str],
        Option(
            "--set",
            metavar="importer.KEY=VALUE",
            help="An option of the importer or exporter; repeatable.",
            autocompletion=completion.settings,
        ),
    ] = field(default_factory=list)
    front_matter: Annotated[
        str,
        Option(metavar="yaml|toml|json", help="Syntax of the front matter, as --set exporter.front_matter=..."),
        Sets("exporter"),
    ] = ""
    split: Annotated[
        str,
        Option(metavar="SIZE", help="The most that one file of an export may have, such as 2MB."),
        Sets("exporter"),
    ] = ""
    unmapped: Annotated[
        str,
        Option(
            "--shortcodes",
            metavar="keep|comment|html",
            help="What becomes of shortcodes that nobody knows: text, a comment, or HTML that holds them.",
        ),
        Sets("exporter"),
    ] = ""
    types: Annotated[
        str,
        Option(metavar="A,B", help="Only posts of these types."),
        Key("posts.types"),
    ] = ""
    since: Annotated[
        str,
        Option(metavar="YYYY-MM-DD", help="Only posts from this day on."),
        Key("posts.since"),
    ] = ""
    only: Annotated[
        list[str],
        Option(metavar="GLOB", help="Only posts whose path or name matches; repeatable."),
        Key("posts.only"),
    ] = field(default_factory=list)
    limit: Annotated[
        int,
        Option(min=0, metavar="N", help="Only the first N posts.", show_default=False),
        Key("posts.limit"),
    ] = 0
    authors: Annotated[
        str,
        Option(metavar="A,B", help="Only posts of these authors, by name or login."),
        Key("posts.authors"),
    ] = ""
    media: Annotated[
        str,
        Option(
            metavar="copy|download|link|none",
            help="What to do with an export's media: copy what is beside it, download the rest too, "
            "link to the old host, or take none.",
        ),
        Key("media.mode"),
    ] = "copy"
    media_cache: Annotated[
        Path | None,
        Option(metavar="DIR", help="Where downloads are kept (default: in your cache folder)."),
        Key("media.cache"),
    ] = None
    media_rate: Annotated[
        int,
        Option(min=1, metavar="N", help="Downloads a second, at most."),
        Key("media.rate"),
    ] = 5
    media_limit: Annotated[
        int,
        Option(min=1, metavar="MB", help="The largest file to download."),
        Key("media.limit"),
    ] = 1000
    redirects: Annotated[
        str,
        Option(
            metavar="netlify|cloudflare|nginx|apache|json",
            help="Write the old addresses for a web server too, below DEST/_server; several with commas.",
        ),
        Key("target.redirects"),
    ] = ""
    transforms: Annotated[
        list[str],
        Option("--transform", metavar="FILE.py:FUNC", help="A function to apply to each post; repeatable."),
        Key("transforms.use"),
    ] = field(default_factory=list)
    dry_run: Annotated[bool, Option("--dry-run", "-n", help="Write nothing; show what would be written.")] = False
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change, as a unified diff.")] = False
    check: Annotated[bool, Option("--check", help="Write nothing; exit with 1 if anything would be written.")] = False
    in_place: Annotated[
        bool,
        Option(
            "--in-place",
            help="Edit SRC itself; DEST is the same folder. Refused where git knows of uncommitted changes.",
        ),
    ] = False
    force: Annotated[
        bool,
        Option("--force", help="Write into a folder that is not empty, over files of others; nothing is deleted."),
    ] = False
    include_secrets: Annotated[
        bool,
        Option("--include-secrets", help="Carry post passwords, e-mail and IP addresses too."),
        Key("run.include-secrets"),
    ] = False
    reports: Annotated[
        list[Path],
        Option("--report", metavar="FILE", help="Write a report (.html or .json); repeatable."),
        Key("run.report"),
    ] = field(default_factory=list)
    as_json: Annotated[bool, Option("--json", help="Print the report as JSON.")] = False
    strict: Annotated[
        bool,
        Option("--strict", help="Exit with 1 for warnings too."),
        Key("run.strict"),
    ] = False
    jobs: Annotated[
        int,
        Option("-j", min=0, metavar="N", help="Number of processes (default: by the work).", show_default=False),
        Key("run.jobs"),
    ] = 0
    quiet: Annotated[bool, Option("--quiet", "-q", help="Print results and errors only.")] = False
    verbose: Annotated[bool, Option("--verbose", "-v", help="Print every finding; show faults in full.")] = False

    rename: Annotated[
        dict[str, str],
        Key("front-matter.rename", "Front matter keys to rename, old = new."),
    ] = field(default_factory=dict)
    taxonomies: Annotated[
        dict[str, str],
        Sets("importer"),
        Key("taxonomies", "Front matter keys of the old site's taxonomies, NAME = KEY."),
    ] = field(default_factory=dict)
    drop: Annotated[list[str], Key("front-matter.drop", "Front matter keys to take out.")] = field(default_factory=list)
    ignore: Annotated[
        list[str],
        Key("check.ignore", "Codes of warnings and notes not to show again."),
    ] = field(default_factory=list)
    system_settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Options of the importer and the exporter that stand in `hugoconv.toml`, by scope."""
    command: str = ""
    """The command that was typed, for the report."""

    @property
    def writes_nothing(self) -> bool:
        """Whether the run only shows what it would do."""
        return self.dry_run or self.diff or self.check

    def system_options(self) -> dict[str, dict[str, Any]]:
        """Return the options of the importer and of the exporter, by scope: the file's, then --set, then flags."""
        from hugoconv.cli.settings import SCOPES, system_options

        written = system_options(self.settings)
        options = {scope: {**self.system_settings.get(scope, {}), **written[scope]} for scope in SCOPES}
        for name, annotation in _hints().items():
            for marker in getattr(annotation, "__metadata__", ()):
                value = getattr(self, name)
                if isinstance(marker, Sets) and value:
                    options[marker.scope][name] = value
        return options

    def flag_of(self, option: str) -> str:
        """Return the flag that sets an option of a system, "" when there is none or it was not given."""
        annotation = _hints().get(option)
        markers = getattr(annotation, "__metadata__", ())
        if not getattr(self, option, "") or not any(isinstance(marker, Sets) for marker in markers):
            return ""
        return next((_flag_of(option, marker) for marker in markers if isinstance(marker, OptionInfo)), "")


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key of `hugoconv.toml`: the field it fills, what it does, and the kind of value that it takes."""

    field: str
    kind: type[Any]
    holds_paths: bool
    help: str


def file_keys() -> dict[str, FileKey]:
    """Return the keys of `hugoconv.toml` as "TABLE.NAME"."""
    keys: dict[str, FileKey] = {}
    for name, annotation in _hints().items():
        for marker in getattr(annotation, "__metadata__", ()):
            if isinstance(marker, Key):
                declared = annotation.__origin__
                kind = Path if declared == Path | None else get_origin(declared) or declared
                keys[marker.name] = FileKey(name, kind, Path in get_args(declared), marker.help or _help_of(annotation))
    return keys


_MANNERS = frozenset({"as_json", "quiet", "verbose"})
"""Fields that say how to tell of the work, not what to do."""


def command_line(move: Move) -> str:
    """Return the command that says the same as a Move, as a shell takes it; what it says by default is left out."""
    words = ["hugoconv", "convert"]
    for each in dataclasses.fields(Move):
        value = getattr(move, each.name)
        default = each.default if each.default_factory is dataclasses.MISSING else each.default_factory()
        option = next(
            (m for m in getattr(_hints()[each.name], "__metadata__", ()) if isinstance(m, ParameterInfo)), None
        )
        if option is None or value == default or each.name in _MANNERS:
            continue
        flag = [] if isinstance(option, ArgumentInfo) else [_flag_of(each.name, option)]
        for item in value if isinstance(value, list) else [value]:
            words += [*flag] if item is True else [*flag, str(item)]
    return shlex.join(words)


def _flag_of(name: str, option: ParameterInfo) -> str:
    """Return the long flag of an option: the first one that it declares, else the field's name."""
    declared = [each for each in (option.default, *(option.param_decls or ())) if isinstance(each, str)]
    return next((each for each in declared if each.startswith("-")), f"--{name.replace('_', '-')}")


def _help_of(annotation: Any) -> str:
    return next((str(each.help) for each in annotation.__metadata__ if isinstance(each, ParameterInfo)), "")


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Move, include_extras=True)


def command_of(run: Callable[[Move, frozenset[str]], int]) -> Callable[..., int]:
    """Return a function with a parameter for each option of `Move`, as Typer wants it.

    It calls `run` with a Move and the names of the fields that were given on the command line.
    """

    def command(context: Context, **values: Any) -> int:
        sources = {name: context.get_parameter_source(name) for name in values}
        given = frozenset(name for name, source in sources.items() if source and source.name == "COMMANDLINE")
        return run(Move(**values), given)

    parameters = [inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Context)]
    for each in dataclasses.fields(Move):
        annotation = _hints()[each.name]
        options = [each for each in getattr(annotation, "__metadata__", ()) if isinstance(each, ParameterInfo)]
        for option in options:
            if "|" in (option.metavar or ""):  # the words that there are; a shell can offer them
                option.autocompletion = completion.one_of(str(option.metavar))
        if options:
            default = each.default if each.default_factory is dataclasses.MISSING else each.default_factory()
            parameters.append(
                inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            )
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    command.__name__ = run.__name__
    command.__doc__ = run.__doc__
    return command
