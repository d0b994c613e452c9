"""click in Indonesian: the help's headings and value names, the nearest command, and what was typed wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from difflib import get_close_matches
from typing import NoReturn, cast

import click

from sopan import quoting
from sopan.errors import SopanError

_HELP = "Tampilkan bantuan ini, lalu selesai."
_SENTENCE = 160  # characters: no command's first sentence is cut


class Command(click.Command):
    """A command whose help is wholly Indonesian."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The usage line behind the command's name."""
        return ["[PILIHAN]", *(piece for param in self.get_params(ctx) for piece in param.get_usage_pieces(ctx))]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line under its Indonesian name."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, what they take, and what holds without them."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option) and not param.hidden)
        with formatter.section("Pilihan"):
            formatter.write_dl([(_form(option), _meaning(option)) for option in options])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was typed; click's parser does not say itself of which command a mistake is."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option


class Group(Command, click.Group):
    """A command of commands: alone it shows its help, and a mistyped command brings the nearest one to mind."""

    command_class = Command
    group_class = type

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The usage line behind the group's name."""
        return [*super().collect_usage_pieces(ctx), "PERINTAH …"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first sentence of its help."""
        shown = self._shown(ctx)
        with formatter.section("Perintah"):
            formatter.write_dl([(name, command.get_short_help_str(_SENTENCE)) for name, command in shown.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the help where no command is named: asking what there is, is no mistake."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; SopanError with the nearest one where there is none."""
        if self.get_command(ctx, args[0]) is None:
            self._unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _unknown(self, ctx: click.Context, name: str) -> NoReturn:
        near = _near(name, self._shown(ctx), f"{ctx.command_path} ")
        raise SopanError(f"Perintah “{quoting.quote(name)}” tidak dikenal;{near} {_look(ctx)}")

    def _shown(self, ctx: click.Context) -> dict[str, click.Command]:
        return {name: self.commands[name] for name in self.list_commands(ctx) if not self.commands[name].hidden}


def command(name: str, *, hidden: bool = False) -> Callable[[Callable[..., object]], Command]:
    """Make a function a command; a hidden one is called by programs, and no help names it."""
    return click.command(name, cls=Command, hidden=hidden)


def group(
    name: str, commands: Mapping[str, click.Command] | None = None, **settings: object
) -> Callable[[Callable[..., object]], Group]:
    """Make a function a group: of these commands, which stay as they are, or of those that decorators give it."""
    return click.group(name, cls=Group, commands=cast(MutableMapping[str, click.Command] | None, commands), **settings)


def explain(error: click.UsageError) -> str:
    """What was typed wrong, and what would be right, in one sentence."""
    match error:
        case click.NoSuchOption():
            near = _near(error.option_name, error.possibilities or (), "")
            wrong = f"Pilihan {quoting.quote(error.option_name)} tidak dikenal;{near}"
        case click.MissingParameter() if error.param is not None:
            wrong = f"{_name(error.param)} belum disebut;"
        case click.BadParameter() if error.param is not None:
            wrong = f"Nilai pada {_name(error.param)} tidak dapat dipakai; tulis {_wanted(error.param)};"
        case click.BadOptionUsage():
            takes = "tidak memakai nilai" if _is_flag(error) else "memerlukan nilai"
            wrong = f"Pilihan {quoting.quote(error.option_name)} {takes};"
        case _:
            wrong = "Ada kata yang berlebih atau tidak dimengerti pada perintah ini;"
    return f"{wrong} {_look(error.ctx)}"


def _look(ctx: click.Context | None) -> str:
    return f"lihat `{ctx.command_path if ctx else 'sopan'} --bantuan`."


def _near(name: str, known: Iterable[str], before: str) -> str:
    """The nearest known word; nothing where none is near."""
    nearest = get_close_matches(name, list(known), n=1)
    return f" mungkin maksud Anda `{before}{nearest[0]}`;" if nearest else ""


def _name(param: click.Parameter) -> str:
    """An argument as the usage line calls it, or an option as one types it."""
    return param.human_readable_name.strip("[]") if isinstance(param, click.Argument) else param.opts[0]


def _wanted(param: click.Parameter) -> str:
    if isinstance(param.type, click.Choice):
        return f"salah satu dari {', '.join(param.type.choices)}"
    return "sebuah angka" if param.type is click.INT else "nilai lain"


def _is_flag(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx else []
    return any(isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts for p in params)


def _form(option: click.Option) -> str:
    """An option as one types it: its spellings and what it takes."""
    spellings = ", ".join(option.opts)
    return spellings if option.is_flag else f"{spellings} {option.metavar or _takes(option)}"


def _takes(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(option.type.choices)
    return "JALUR" if isinstance(option.type, click.Path) else "TEKS"


def _meaning(option: click.Option) -> str:
    default = f" Bawaan: {option.default}." if option.show_default else ""
    return f"{option.help or ''}{' Wajib.' if option.required else ''}{default}"
