"""GitHub as an office's second home: events become commits, pull requests are judged, and merges are made over REST.

The one package that speaks HTTP. It runs from the default branch; what a pull request brings is read as objects only.
"""
