"""Warn of a site that its host would refuse. The host is known by its file in the guide's folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from guidegen.records import dataclass

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class HostLimit:
    """The largest site that a host takes: its number of files, its bytes, and the bytes of one file; None if it has no limit."""

    name: str
    sign: str
    files: int | None = None
    size: int | None = None
    file_size: int | None = None


LIMITS = (
    # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
    HostLimit("GitHub Pages", ".github/workflows/publish.yml", size=10**9),
    # https://docs.gitlab.com/administration/instance_limits/ and the settings of gitlab.com
    HostLimit("GitLab Pages", ".gitlab-ci.yml", files=200_000, size=2**30),
    # https://developers.cloudflare.com/workers/platform/limits/ (100,000 files with a paid plan)
    HostLimit("Cloudflare (free)", "wrangler.jsonc", files=20_000, file_size=25 * _MIB),
)


def list_exceeded(root: Path, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield a line for each limit of the guide's hosts that a site exceeds; ``sizes`` are the bytes of its files by path."""
    advice = "publish fewer languages or a guide for each county (docs/editors/several-guides.md), or choose another host"
    total, largest = sum(sizes.values()), max(sizes, key=sizes.__getitem__, default="")
    for host in LIMITS:
        if not (root / host.sign).is_file():
            continue
        if host.files is not None and len(sizes) > host.files:
            yield f"{host.name} takes at most {host.files:,} files, and the site has {len(sizes):,}; {advice}"
        if host.size is not None and total > host.size:
            yield f"{host.name} takes at most {host.size / _MIB:,.0f} MiB, and the site has {total / _MIB:,.0f}; {advice}"
        if host.file_size is not None and largest and sizes[largest] > host.file_size:
            size = sizes[largest] / _MIB
            yield f"{host.name} takes files of at most {host.file_size / _MIB:,.0f} MiB, and {largest} has {size:,.0f}; {advice}"
