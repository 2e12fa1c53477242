package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.core.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makes the program at home in a shell, generated from its own commands and options. */
final class ShellCommands {
  private ShellCommands() {}

  @Command(
      name = "completion",
      description = "Print a completion script for bash and zsh.",
      footer = {"", "Example:", "  source <(./twinleg completion)"})
  static final class Completion implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      System.out.print(AutoComplete.bash("twinleg", spec.root().commandLine()));
      return ExitCode.CLEAN.code();
    }
  }

  @Command(
      name = "man",
      description = "Write a manual page for the program and for each command.",
      footer = {"", "Example:", "  ./twinleg man ~/.local/share/man/man1 && man twinleg-run"})
  static final class Manual implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "Where the pages go; it is made if need be.")
    Path folder = Path.of(".");

    @Override
    public Integer call() {
      try {
        Files.createDirectories(folder);
        CommandLine program = spec.root().commandLine();
        write(program);
        for (CommandLine command : program.getSubcommands().values()) {
          write(command);
        }
      } catch (IOException e) {
        throw new UsageException(
            "DIR is " + folder + ", which cannot be written: give a folder of this user");
      }
      return ExitCode.CLEAN.code();
    }

    private void write(CommandLine command) throws IOException {
      Path page = folder.resolve(command.getCommandSpec().qualifiedName("-") + ".1");
      Files.writeString(page, String.join("\n", page(command)) + "\n");
      System.out.println(page);
    }

    private static List<String> page(CommandLine command) {
      CommandSpec of = command.getCommandSpec();
      String name = of.qualifiedName("-");
      List<String> page = new ArrayList<>();
      page.add(".TH " + name.toUpperCase(Locale.ROOT) + " 1");
      page.add(".SH NAME");
      page.add(text(name + " - " + String.join(" ", of.usageMessage().description())));
      page.add(".SH SYNOPSIS");
      page.add(text(command.getHelp().synopsis(0).strip()));
      page.add(".SH OPTIONS");
      of.positionalParameters().forEach(each -> entry(page, each.paramLabel(), each.description()));
      of.options().forEach(option -> entry(page, names(option), option.description()));
      if (!command.getSubcommands().isEmpty()) {
        page.add(".SH COMMANDS");
        command
            .getSubcommands()
            .forEach((sub, line) ->
                entry(page, sub, line.getCommandSpec().usageMessage().description()));
      }
      if (of.usageMessage().footer().length > 0) {
        page.add(".SH EXAMPLE");
        page.add(".nf");
        for (String line : of.usageMessage().footer()) {
          page.add(text(line));
        }
        page.add(".fi");
      }
      page.add(".SH EXIT STATUS");
      page.add("Each code and what to do: docs/operations.md.");
      return page;
    }

    private static String names(OptionSpec option) {
      String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
      return String.join(", ", option.names()) + label;
    }

    private static void entry(List<String> page, String title, String... description) {
      page.add(".TP");
      page.add("\\fB" + text(title) + "\\fR");
      page.add(text(String.join(" ", description)));
    }

    /** A dot at the beginning of a line, and a backslash anywhere, would be commands of roff. */
    private static String text(String plain) {
      String escaped = plain.replace("\\", "\\\\").replace("-", "\\-").replace("\n", " ");
      return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
  }
}
