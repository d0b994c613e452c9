"""The door through which `mkdocs build` reaches the site package; everything happens in `sopan.site.hooks`."""

from sopan.site.hooks import (
    on_config,
    on_env,
    on_files,
    on_page_content,
    on_post_build,
    on_post_page,
    on_post_template,
    on_pre_page,
    on_template_context,
)

__all__ = [
    "on_config",
    "on_env",
    "on_files",
    "on_page_content",
    "on_post_build",
    "on_post_page",
    "on_post_template",
    "on_pre_page",
    "on_template_context",
]
