"""How Sphinx builds the site: MyST pages, guides executed afresh at every build, reference from the docstrings."""

from typing import Any

import servqual

project = "servqual"
author = "The servqual authors"
project_copyright = "2026, The servqual authors"
version = release = servqual.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "numpydoc"]
exclude_patterns = ["_build", "jupyter_execute", "**/.ipynb_checkpoints"]
html_theme = "furo"
html_title = f"servqual {version}"

myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3

# a guide that fails must fail the build, and no page may show a number from an earlier run
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True

# autodoc lists the members; numpydoc would list them a second time
numpydoc_show_class_members = False


def setup(app: Any) -> None:
    """Tell autodoc what to leave out."""
    app.connect("autodoc-skip-member", skipped)


def skipped(app: Any, what: str, name: str, member: Any, skip: bool, options: Any) -> bool | None:  # noqa: ARG001, FBT001, PLR0917 - the hook of autodoc
    """Errors that a room hands on are described where errors live, once."""
    home = getattr(member, "__module__", None) or ""
    return True if home.startswith("servqual.errors.") and app.env.docname != "reference/errors" else None
