package io.twinleg.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words of this program and not of its parser. */
final class UsageSentence {
  private static final Pattern INVALID =
      Pattern.compile("Invalid value for [^:]*?'?(--[a-z-]+|<[^>]+>)[^:]*: (.*)", Pattern.DOTALL);
  private static final Pattern TWICE =
      Pattern.compile("option '(--[a-z-]+)'.* should be specified only once", Pattern.DOTALL);

  private static final String SUBCOMMAND = "Missing required subcommand";

  private UsageSentence() {}

  /** A flag that is not known comes before one that is missing: it may be that one, mistyped. */
  static ParameterException first(ParameterException error) {
    CommandLine line = error.getCommandLine();
    return error instanceof MissingParameterException && !line.getUnmatchedArguments().isEmpty()
        ? new UnmatchedArgumentException(line, line.getUnmatchedArguments())
        : error;
  }

  static String of(ParameterException error) {
    return switch (error) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      default ->
          SUBCOMMAND.equals(error.getMessage())
              ? "%s needs a command: %s"
                  .formatted(
                      Main.name(error.getCommandLine()),
                      String.join(", ", commands(error.getCommandLine())))
              : other(String.valueOf(error.getMessage()));
    };
  }

  private static String unmatched(UnmatchedArgumentException error) {
    CommandLine line = error.getCommandLine();
    String first = error.getUnmatched().getFirst();
    if (error.isUnknownOption()) {
      return "%s has no flag %s".formatted(Main.name(line), first);
    }
    return !commands(line).isEmpty()
        ? "'%s' is no command of %s".formatted(first, Main.name(line))
        : "'%s' is one word more than %s takes".formatted(first, Main.name(line));
  }

  private static List<String> commands(CommandLine line) {
    return line.getSubcommands().keySet().stream().filter(name -> !name.equals("help")).toList();
  }

  /** A flag or a word that has to be there, or what has to follow a flag. */
  private static String missing(MissingParameterException error) {
    List<ArgSpec> missing = error.getMissing();
    if (missing.size() == 1 && missing.getFirst().isOption() && !missing.getFirst().required()) {
      return "%s is without a value: expected %s"
          .formatted(name(missing.getFirst()), missing.getFirst().paramLabel());
    }
    return "%s needs %s"
        .formatted(
            Main.name(error.getCommandLine()),
            missing.stream().map(UsageSentence::nameAndLabel).collect(Collectors.joining(" and ")));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String nameAndLabel(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static String other(String message) {
    Matcher twice = TWICE.matcher(message);
    if (twice.matches()) {
      return twice.group(1) + " is given twice";
    }
    Matcher invalid = INVALID.matcher(message);
    return invalid.matches()
        ? "%s: %s"
            .formatted(
                invalid.group(1),
                invalid
                    .group(2)
                    .replaceAll("is not an? (int|long)$", "is no whole number")
                    .replaceAll("is not an? (BigDecimal|double)$", "is no number")
                    .replaceAll("^cannot convert ('.*') to BigDecimal .*$", "$1 is no number"))
        : message;
  }
}
