"""The `hugoconv` command: its commands, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from hugoconv import __version__
from hugoconv.cli import check, convert, explain, formats, init, inspect, schema
from hugoconv.cli.move import command_of
from hugoconv.cli.terminal import ReaderGoneError, one_line, tell, tell_exactly
from hugoconv.errors import HugoconvError

COULD_NOT_RUN = 2
NOBODY_READS = 141
"""The exit code for a reader that went away (`| head`), as shells give it."""

app = typer.Typer(
    name="hugoconv",
    help="Move sites between Hugo, Jekyll and WordPress, with nothing lost in silence.",
    epilog="To begin: hugoconv init, in the folder of your site or export. "
    "Exit codes: 0 done; 1 done, but something needs you; 2 could not run; 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    no_args_is_help=True,
)
for function in (
    init.init,
    inspect.inspect,
    command_of(convert.convert),
    check.check,
    explain.explain,
    formats.formats,
    schema.schema,
):
    app.command()(function)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"hugoconv {__version__}")
        raise typer.Exit


@app.callback()
def _hugoconv(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


def run(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; what goes wrong is one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # file names need not be text that the terminal's encoding can show
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="hugoconv", standalone_mode=False)
        return int(code or 0) if arguments else COULD_NOT_RUN
    except HugoconvError as error:
        return _refuse(str(error), error, arguments)
    except ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains when it ends
        return NOBODY_READS
    except (KeyboardInterrupt, typer.Abort):
        tell("hugoconv: interrupted")
        return convert.INTERRUPTED
    except OSError as error:
        return _refuse(_os_error(error), error, arguments)
    except Exception as error:
        if hasattr(error, "format_message"):  # the parser's own errors: unknown options, missing arguments
            return _refuse(_usage(error), error, arguments)
        return _refuse(_internal(error), error, arguments)


def _refuse(message: str, error: Exception, arguments: Sequence[str]) -> int:
    if any(re.fullmatch(r"-[a-z]*v|--verbose", argument) for argument in arguments):
        tell_exactly("".join(traceback.format_exception(error)).rstrip())
    tell(f"hugoconv: error: {one_line(message)}")
    return COULD_NOT_RUN


def _usage(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    message = str(error.format_message()).rstrip(".")  # type: ignore[attr-defined]
    return f"{message} (see: {context.command_path if context else 'hugoconv'} --help)"


def _os_error(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def _internal(error: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<")]
    where = frames[-1]
    place = f"{Path(where.filename).name}:{where.lineno}"
    return f"internal error: {type(error).__name__}: {error} ({place}); please report it, with what -v shows"
