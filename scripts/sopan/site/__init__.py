"""The public site. All that knows mkdocs, or the theme's own habits, stays in this package and in `mkdocs.yml`.

`gather` reads facts, `pages` turns them into finished HTML, `hooks` hands that to mkdocs, `build` and
`with_mkdocs` run it.
"""
