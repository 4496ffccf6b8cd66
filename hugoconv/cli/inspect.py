"""`hugoconv inspect`: what is in a site, before anything is moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hugoconv.cli.completion import read
from hugoconv.cli.terminal import json_result, must_exist, one_line, prose, result, table, tell_findings
from hugoconv.report.wording import plural

if TYPE_CHECKING:
    from hugoconv.model import Site
    from hugoconv.report.findings import Finding
    from hugoconv.report.inventory import Inventory

NAMES_SHOWN = 10
LOSSES_UP_TO = 3000
"""Beyond this many posts a trial move to each system takes too long to be done unasked."""


def inspect(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A site's folder, a post, or an export.")],
    from_: Annotated[
        str,
        typer.Option(
            "--from", "-f", metavar="NAME", help="The system to read (default: detected).", autocompletion=read
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not print the findings.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print all names and every finding.")] = False,
) -> int:
    """Say what is in a site, before anything is moved."""
    import hugoconv
    from hugoconv.migrate.check import finding_values
    from hugoconv.report.findings import Findings
    from hugoconv.report.inventory import Inventory
    from hugoconv.systems import detect

    must_exist(source)
    reason = "it was named by --from"
    if not from_:
        from_, match = detect(source)
        reason = match.reason
    log = Findings()
    inventory = Inventory()
    site = hugoconv.read(source, from_, stream=True, log=log)
    for post in site.posts:
        inventory.add(post)
    losses = _losses(source, site) if verbose or len(site.posts) <= LOSSES_UP_TO else None
    if as_json:
        values = {"source": str(source), "system": from_, "reason": reason, **_of_site(site), **inventory.to_dict()}
        values["losses"] = losses and {name: dict(_counted(found)) for name, found in losses.items()}
        values["findings"] = [finding_values(finding) for finding in log]
        json_result(values)
    else:
        result(f"{one_line(str(source))}: {from_} ({reason})")
        for line in (
            *_of_site_lines(site),
            *_inventory_lines(inventory, everything=verbose),
            *_media_lines(site),
            *_loss_lines(losses),
        ):
            prose(line)
    if not quiet:
        tell_findings(list(log), everything=verbose, rest="-v shows all")
    return 1 if any(finding.severity == "error" for finding in log) else 0


def _losses(source: Path, site: Site) -> dict[str, list[Finding]]:
    """Return what a move to each other system would warn of, by system. Nothing is written."""
    from tempfile import TemporaryDirectory

    import hugoconv
    from hugoconv.errors import HugoconvError
    from hugoconv.systems.contract import ContainerExporter

    losses: dict[str, list[Finding]] = {}
    for name in hugoconv.exporters:
        if name == site.info.system:
            continue
        with TemporaryDirectory(prefix="hugoconv-") as folder:
            try:
                exporter = hugoconv.exporters.get(name)
                destination = Path(folder, "out.xml" if isinstance(exporter, ContainerExporter) else "out")
                report = hugoconv.convert(
                    source, destination, to=exporter, from_=site.info.system, dry_run=True, record=False
                )
            except HugoconvError:
                continue  # a plug-in that cannot run here
        losses[name] = [finding for finding in report.findings if finding.severity != "info"]
    return losses


def _counted(findings: list[Finding]) -> list[tuple[str, int]]:
    """Return the codes of findings with their counts, the commonest first."""
    return Counter(finding.code for finding in findings).most_common()


def _loss_lines(losses: dict[str, list[Finding]] | None) -> Iterator[str]:
    """Say what each target would leave to a person; targets that leave the same stand together."""
    from hugoconv.report.findings import heading_of

    if losses is None:
        yield f"\nWhat a move would leave to you: not looked for in more than {LOSSES_UP_TO:,} posts; -v looks"
        return
    yield "\nWhat a move would leave to you (hugoconv explain CODE says what to do)"
    alike: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for name, findings in losses.items():
        alike.setdefault(tuple(_counted(findings)), []).append(name)
    for counts, names in alike.items():
        yield f"  to {', '.join(names)}{'' if counts else ': nothing'}"
        for code, count in counts:
            heading, _ = heading_of([finding for name in names for finding in losses[name] if finding.code == code])
            yield f"    {count:>5,} x {code} {heading}"


def _media_lines(site: Site) -> Iterator[str]:
    """Say which media are at hand of a site whose posts name them by their addresses, and how to get the others."""
    media = list(site.media or ())
    if not media:
        return
    here = sum(any(version.source is not None for version in medium.versions) for medium in media)
    line = f"\nMedia: {plural(len(media), 'file')} in the library, {here:,} of them here"
    if here == len(media):
        yield line
    elif site.media is not None and site.media.is_given:
        yield f"{line}; the others: add them to the uploads, or --media download fetches them"
    else:
        yield f"{line}; put the folder wp-content/uploads beside the export, or --media download fetches them"


def _of_site(site: Site) -> dict[str, Any]:
    info = site.info
    return {
        "title": info.title,
        "base_url": info.base_url,
        "language": info.language,
        "files": dict(Counter(asset.role for asset in site.assets)),
        "redirects": len(site.redirects),
        "authors": len(info.authors),
        "menus": {name: len(items) for name, items in info.menus.items()},
        "media": len(list(site.media or ())),
    }


def _of_site_lines(site: Site) -> Iterator[str]:
    info = site.info
    about = [one_line(text) for text in (info.title, info.base_url, info.language) if text]
    if about:
        yield " | ".join(about)
    roles: Counter[str] = Counter(asset.role for asset in site.assets)
    extras = [f"{len(site.assets):,} other files ({_counts(roles, 0)})"] if roles else []
    extras += [plural(len(info.authors), "author")] if info.authors else []
    extras += [plural(len(info.menus), "menu")] if info.menus else []
    if extras:
        yield ", ".join(extras)


def _inventory_lines(inventory: Inventory, *, everything: bool) -> Iterator[str]:
    """Yield what was counted, for a person, with the commonest names only unless `everything` is wanted."""
    counts = [plural(inventory.posts, "post")]
    counts += [f"{inventory.unreadable:,} unreadable"] if inventory.unreadable else []
    counts += [plural(inventory.comments, "comment")] if inventory.comments else []
    yield ", ".join(counts)
    if inventory.kinds:
        rows = [(kind, status, f"{count:,}") for (kind, status), count in sorted(inventory.kinds.items())]
        yield "\n" + table(("type", "status", "posts"), rows, right=(2,))
    if inventory.years:
        yield f"\nYears: {_counts(Counter(dict(sorted(inventory.years.items()))), 0)}"
    shown = 0 if everything else NAMES_SHOWN
    for taxonomy, terms in sorted(inventory.terms.items()):
        yield f"\n{taxonomy}: {plural(len(terms), 'term')}: {_counts(terms, shown)}"
    kinds: dict[str, Counter[str]] = {}
    for (kind, name), count in inventory.constructs.items():
        kinds.setdefault(kind, Counter())[name] = count
    for kind, names in sorted(kinds.items()):
        yield f"\nConstructs ({kind}): {_counts(names, shown)}"
    if set(inventory.syntaxes) - {"none"}:
        yield f"\nFront matter: {_counts(inventory.syntaxes, 0)}"
    if inventory.keys:
        yield f"\nKeys: {_counts(inventory.keys, shown)}"
    if inventory.missing:
        yield f"\nMentioned but missing files: {len(inventory.missing):,}: {_counts(inventory.missing, shown)}"


def _counts(counter: Counter[str], shown: int) -> str:
    """Return names with their counts, the commonest first when only some are shown (0: all, in the counter's order)."""
    pairs = counter.most_common(shown) if shown else list(counter.items())
    text = ", ".join(f"{one_line(str(name))} ({count:,})" for name, count in pairs)
    return text + (f", and {len(counter) - len(pairs):,} more" if len(pairs) < len(counter) else "")
