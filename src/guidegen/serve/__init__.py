"""Builds, watches the content, reloads the browser, and shows what is wrong over the page. For this computer alone."""

from pathlib import Path

from guidegen.model.problems import GuidegenError


def serve(root: Path, port: int) -> None:
    """Serve the guide with its drafts until interrupted. Raises ``GuidegenError``."""
    try:
        from guidegen.serve import server
    except ImportError as error:
        raise GuidegenError("serve needs livereload:  pip install 'guidegen[serve]'") from error
    server.serve(root, port)
