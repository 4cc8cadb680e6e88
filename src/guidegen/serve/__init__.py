"""The preview server: it rebuilds on every save, reloads the browser, and shows problems on top of the page."""

from pathlib import Path

from guidegen.model.problems import GuidegenError


def serve(root: Path, port: int, part: str = "") -> None:
    """Serve the guide, or a partial guide, with its drafts on this computer until interrupted. Raises ``GuidegenError``."""
    try:
        from guidegen.serve import server
    except ImportError as error:
        raise GuidegenError("serve needs livereload:  pip install 'guidegen[serve]'") from error
    server.serve(root, port, part)
