"""The files of redirects in the programs they are written for: the real nginx, the real Apache, Netlify's rules."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from builders import FOLDER, NODE
from hypothesis import given
from hypothesis import strategies as st

from hugoconv.migrate.redirects import redirect_files
from hugoconv.model import Redirect
from hugoconv.report.findings import Findings

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
NGINX, APACHE = shutil.which("nginx", path=PATH), shutil.which("apache2", path=PATH) or shutil.which("httpd", path=PATH)
REDIRECTOR = FOLDER / "redirects" / "node_modules"
MODULES = Path("/usr/lib/apache2/modules")

OLD = (
    "/plain",
    "/folder/",
    "/page.html",
    "/with space/",
    "/ümlaut/straße.html",
    "/日本/語/",
    "/a'b",
    '/q"uote/',
    "/do$llar/",
    "/~tilde/",
    "/back\\slash",
    "/star*",
    "/:colon/x",
    "/plus+and&",
    "/semi;colon",
    "/{brace}",
    "/per%25cent",
    "/(round)",
    "/[square]",
    "/hash%23/x",
    "/question%3Fx/",
    "/equal=x",
    "/dot.s.v1.2/",
    "/Case/",
    "/pipe|",
    "/caret^",
    "/" + "long/" * 60,
)
NEW = {
    **{old: f"/new/{number}/" for number, old in enumerate(OLD)},
    "/to/letters": "/neü/ort/",
    "/to/anchor": "/new/#part-ü",
    "/to/query": "/new/?a=1&b=%26",
    "/to/percent": "/100%25/",
    "/to/else": "https://else.example/x?y=1#z",
    "/to/dollar": "/$1/%1/",
    "/About/Us/": "/about/us/",
    "/more/": "/More/",
    "/Twice/": "/once/",
    "/twice/": "/second/",
    "/?p=7": "/seven/",
    "/index.php?page_id=12&x=%C3%BC": "/twelve/",
}
UNTOUCHED = (
    "/",
    "/case/",
    "/plain2",
    "/plai",
    "/pageXhtml",
    "/dotXs.v1.2/",
    "/starx",
    "/other/x",
    "/?p=8",
    "/?p=70",
    "/new/1/",
    "/about/us/",
    "/More/",
)
"""Addresses that nothing was said of, some of them nearly one that was."""


def written(form: str) -> str:
    operation = next(redirect_files([Redirect(old, new) for old, new in NEW.items()], [form], Findings()))
    return operation.data.decode()


def asked(address: str) -> str:
    """Return an address as a browser asks for it."""
    path, _, query = address.partition("?")
    return quote(unquote(path), safe="/~:@!$&'()*+,;=-._") + (f"?{query}" if query else "")


def same(location: str) -> str:
    """Return an address in one spelling."""
    return re.sub(r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?(?=/)", "", unquote(location))


def answer(port: int, address: str) -> tuple[int, str]:
    """Return the status and where a server leads from an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest("GET", address)
        connection.endheaders()
        response = connection.getresponse()
        return response.status, (response.getheader("Location") or "").encode("latin-1").decode("utf-8")
    finally:
        connection.close()


@contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    """Run a server until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.communicate()[0]
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that a server's own user may read."""
    made = Path(tempfile.mkdtemp(prefix="hugoconv-served-"))
    made.chmod(0o755)
    (made / "www").mkdir()
    yield made
    shutil.rmtree(made)


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def judged(port: int) -> list[str]:
    """Return each address that a server does not answer as it should."""
    wrong = []
    for old, new in NEW.items():
        for address in dict.fromkeys((asked(old), asked(old.rstrip("/") or "/"))):
            status, location = answer(port, address)
            if (status, same(location)) != (301, unquote(new)):
                wrong.append(f"{address}: {status} {location}, not {new}")
    for address in UNTOUCHED:
        status, location = answer(port, address)
        if status == 301 and not location.endswith(f"{address}/"):
            wrong.append(f"{address} leads to {location}")
    return wrong


@pytest.mark.skipif(NGINX is None, reason="needs the real nginx: install Debian's package nginx-light")
def test_nginx_leads_from_every_old_address(folder: Path, port: int) -> None:
    (folder / "moved.conf").write_text(written("nginx"), encoding="utf-8")
    (folder / "nginx.conf").write_text(f"""
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include moved.conf;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
        if ($moved_page) {{ return 301 $moved_page; }}
        if ($moved_query) {{ return 301 $moved_query; }}
    }}
}}
""")
    with serving([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")], port):
        assert judged(port) == []


@pytest.mark.skipif(APACHE is None or not MODULES.is_dir(), reason="needs the real Apache: install Debian's apache2")
def test_apache_leads_from_every_old_address(folder: Path, port: int) -> None:
    (folder / "www/.htaccess").write_text(written("apache"), encoding="utf-8")
    loaded = "".join(
        f"LoadModule {name}_module {MODULES}/mod_{name}.so\n"
        for name in ("mpm_event", "authz_core", "rewrite", "dir", "mime")
        if (MODULES / f"mod_{name}.so").exists()
    )
    (folder / "types").write_text("")
    (folder / "httpd.conf").write_text(
        f"""{loaded}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
TypesConfig {folder}/types
DefaultRuntimeDir {folder}
Mutex file:{folder}
DocumentRoot {folder}/www
<Directory {folder}/www>
    AllowOverride All
    Require all granted
</Directory>
"""
        + ("User nobody\nGroup nogroup\n" if os.geteuid() == 0 else "")
    )
    with serving([str(APACHE), "-X", "-d", str(folder), "-f", str(folder / "httpd.conf")], port):
        assert judged(port) == [], (folder / "error.log").read_text()


def netlify(rules: str, address: str) -> str:
    """Return where Netlify leads from an address: the first rule whose path matches, as its own matcher does.

    A `*` at the end of a path stands for anything, a segment that begins with a colon for one segment; paths are
    compared as they are asked for, without the slash at the end, and the values of parameters decoded.
    """
    path, _, query = address.partition("?")
    given = {unquote(each) for each in query.split("&")}
    for line in rules.splitlines():
        start, *middle, target, status = line.split(" ")
        assert status == "301"
        pattern = "".join(
            "/[^/]+" if part.startswith(":") else f"/{re.escape(part)}" for part in start.strip("/").split("/")
        )
        if start.endswith("*"):
            pattern = pattern.removesuffix(re.escape("*")) + ".*"
        if re.fullmatch(pattern, path.rstrip("/") or "/") and set(middle) <= given:
            return target
    return ""


UNSAYABLE = {"/star*", "/:colon/x"}
"""What a rule of Netlify's cannot say: it would lead from other addresses too."""
ALMOST = (
    "/star",
    "/starry",
    "/a/x",
    "/colon/x",
    "/a%27bc",
    "/do$lla/",
    "/index.php?page_id=12",
    "/index.php?page_id=1&x=ü",
)


def test_netlify_leads_from_every_old_address() -> None:
    rules = written("netlify")
    sayable = {old: new for old, new in NEW.items() if old not in UNSAYABLE}
    assert {old: unquote(netlify(rules, asked(old))) for old in sayable} == {
        old: unquote(new) for old, new in sayable.items()
    }
    assert [address for address in (*UNTOUCHED, *ALMOST) if netlify(rules, address)] == []


def test_what_netlify_cannot_be_told_is_named() -> None:
    old = [*UNSAYABLE, "/p?x", "/p?x=", "/p?x=:y", "/p?x=a+b", "/p?x=a%20b"]
    log = Findings()
    operation = next(redirect_files([Redirect(each, "/new/") for each in (*old, "/fine*/x?y=1")], ["netlify"], log))
    assert operation.data.decode() == "/fine*/x y=1 /new/ 301\n"
    assert next(finding.message for finding in log if finding.code == "HC546").startswith(
        "_server/_redirects leaves out 7"
    )


@given(
    st.lists(st.text("ab:*/?#%$ ü\\'\"{}", min_size=1, max_size=12), min_size=1, max_size=6, unique=True),
    st.text("ab:*/ü", max_size=8),
)
def test_no_rule_of_netlify_leads_from_what_it_was_not_said_of(names: list[str], other: str) -> None:
    found = {f"/{name.strip('/')}" for name in names if name.strip("/")}
    rules = next(redirect_files([Redirect(quote(old), "/new/") for old in found], ["netlify"], Findings()))
    address = f"/{other.strip('/')}"
    is_said = address in found and not address.endswith("*") and "/:" not in address
    assert bool(netlify(rules.data.decode(), asked(quote(address)))) == is_said


JUDGE = """
const { createRequire } = require("node:module");
const redirector = createRequire(process.argv[2] + "/judge.js")("netlify-redirector");
const { rules, addresses } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
redirector.parsePlain(rules, {}).then((matcher) => {
  const silent = { headers: {}, cookieValues: {}, getHeader: () => "", getCookie: () => "" };
  const none = { scheme: "http", host: "localhost", ...silent };
  const found = addresses.map((address) => {
    const [path, query] = address.split("?");
    const match = matcher.match({ ...none, path, query: query || "" });
    return match ? [match.status, match.to] : [0, ""];
  });
  console.log(JSON.stringify(found));
});
"""


@pytest.mark.builders
@pytest.mark.skipif(
    NODE is None or not (REDIRECTOR / "netlify-redirector").is_dir(),
    reason="needs Netlify's own matcher, which npm has: scripts/test-builders redirects",
)
def test_netlify_s_own_matcher_agrees() -> None:
    rules = written("netlify")
    old = [*(asked(each) for each in NEW), *(asked(each.rstrip("/") or "/") for each in NEW), *UNTOUCHED, *ALMOST]
    question = json.dumps({"rules": rules, "addresses": old})
    done = subprocess.run(
        [str(NODE), "-e", JUDGE, "judge", str(REDIRECTOR)], input=question, capture_output=True, text=True, check=True
    )
    answers = [unquote(to) if status == 301 else "" for status, to in json.loads(done.stdout)]
    assert answers == [unquote(netlify(rules, address)) for address in old]
    wanted = ["" if each in UNSAYABLE else unquote(new) for each, new in NEW.items()]
    assert answers[: len(NEW)] == wanted
    assert not any(answers[2 * len(NEW) :])
