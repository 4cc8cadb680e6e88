"""A guide below a folder of a web server: nginx with the lines of docs/editors/own-server.md, and nothing else."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import ROOT, make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx; scripts/test installs it with apt"),
]
HOSTS = ("_headers", "_redirects")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "guide.yml": make.GUIDE_YML.replace("https://guide.example.org/", "https://example.org/guide/"),
        "content/partners/food-bank.yml": make.PARTNER_YML + "was: [old-bank]\n",
    }
    root = make.folder(tmp_path_factory.mktemp("guide"), files)
    pipeline.build(root, root / "site")
    return root / "site"


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run nginx and yield the address of the guide."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    page = (ROOT / "docs/editors/own-server.md").read_text(encoding="utf-8")
    publish(page, site, folder)
    (documented,) = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    documented = documented.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/www", str(folder / "www"))
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its workers could not read a temporary folder
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{documented}}}\n"
    )
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/guide/"
    finally:
        process.terminate()
        process.wait(10)


def publish(page: str, site: Path, folder: Path) -> None:
    """Run the documented commands several times, as after several builds: the site is the last one."""
    (folder / "www").mkdir()
    (commands,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    for number in range(4):
        (site / "number.txt").write_text(str(number), encoding="utf-8")
        subprocess.run(["sh", "-c", commands.replace("/srv/www", str(folder / "www"))], cwd=site.parent, check=True)
    assert (folder / "www/guide/number.txt").read_text() == "3"
    assert not (folder / "www/guide/site").exists()
    for copy in (site, folder / "www/guide"):
        (copy / "number.txt").unlink()


def fetch(address: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # our own server
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def emitted_headers(site: Path, pattern: str) -> dict[str, str]:
    """Return the headers that the site's ``_headers`` has for a pattern of paths."""
    block = (site / "_headers").read_text(encoding="utf-8").split(pattern + "\n", 1)[1]
    lines = re.match(r"(?:  .*\n)*", block)
    assert lines
    return dict(line.strip().split(": ", 1) for line in lines[0].splitlines())


def test_pages_have_the_headers_that_the_site_asks_for(server: str, site: Path) -> None:
    status, headers, content = fetch(server + "en/")

    assert status == 200
    assert content == (site / "en/index.html").read_bytes()
    wanted = emitted_headers(site, "/guide/*")
    assert len(wanted) > 4
    assert {name: headers[name] for name in wanted} == wanted
    assert headers["Access-Control-Allow-Origin"] is None
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_folder_without_a_slash_leads_to_its_page(server: str) -> None:
    with urllib.request.urlopen(server + "en/partners/food-bank", timeout=10) as answer:  # noqa: S310  # our own server
        assert answer.url == server + "en/partners/food-bank/"


def test_an_old_address_leads_to_the_new_one(server: str) -> None:
    status, _, content = fetch(server + "en/partners/old-bank/")

    assert status == 200
    assert b'content="0; url=../food-bank/index.html"' in content or b"../food-bank/" in content


def test_a_missing_page_is_our_own(server: str, site: Path) -> None:
    status, headers, content = fetch(server + "en/nothing/here/")

    assert status == 404
    assert content == (site / "404.html").read_bytes()
    assert headers["Content-Security-Policy"]
    assert b"/guide/static/" in content  # its links work at any depth


def test_files_for_hosts_are_not_served(server: str) -> None:
    for name in ("_headers", "_redirects", ".guidegen", ".nojekyll"):
        assert fetch(server + name)[0] == 404, name


def test_open_data_may_be_read_from_other_websites(server: str, site: Path) -> None:
    _, headers, content = fetch(server + "data/places.geojson")

    assert content == (site / "data/places.geojson").read_bytes()
    assert {name: headers[name] for name in emitted_headers(site, "/guide/data/*")} == emitted_headers(site, "/guide/data/*")
    assert headers["Content-Type"] == "application/geo+json"


def test_every_kind_of_file_has_a_type_and_text_is_compressed(server: str, site: Path) -> None:
    by_ending = {file.suffix: file for file in site.rglob("*") if file.is_file() and file.suffix and file.name not in HOSTS}

    assert {".html", ".css", ".js", ".json", ".csv", ".vcf", ".geojson", ".xml", ".txt"} <= by_ending.keys()
    for ending, file in by_ending.items():
        if file.name.startswith("."):
            continue
        _, headers, content = fetch(server + str(file.relative_to(site)), **{"Accept-Encoding": "gzip"})
        assert headers["Content-Type"] != "text/plain" or ending == ".txt", file
        assert not (headers["Content-Type"] or "").startswith("application/octet-stream"), file
        if headers["Content-Encoding"] == "gzip":
            content = gzip.decompress(content)
        assert content == file.read_bytes()
    assert fetch(server + "static/css/site.css", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"
