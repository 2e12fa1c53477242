package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.cli.research.BacktestCommand;
import io.twinleg.cli.research.HistoryCommand;
import io.twinleg.cli.research.ScanCommand;
import io.twinleg.cli.research.SweepCommand;
import io.twinleg.config.ConfigException;
import io.twinleg.config.ConfigValidator;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.InvalidSetting;
import io.twinleg.history.HistoryException;
import io.twinleg.journal.JournalException;
import io.twinleg.keys.KeyException;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: one class a command, one sentence and one exit code for every error. */
@Command(
    name = "twinleg",
    description = "Earns funding by holding a coin and shorting as much of its perpetual.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "With --debug any command also prints the stack trace of an error."})
public final class Main {
  private static final String DEBUG = "--debug";
  private static final String HELP = "help";

  /** In the order of the help. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          RunCommand.class,
          ExchangeCommand.class,
          ConfigCommands.Validate.class,
          MarketsCommand.class,
          ControlCommands.Status.class,
          ControlCommands.Pause.class,
          ControlCommands.Resume.class,
          ControlCommands.Kill.class,
          ControlCommands.Flatten.class,
          BidAndCancelCommand.class,
          JournalCommand.ReportCommand.class,
          JournalCommand.ReplayCommand.class,
          JournalCommand.class,
          DashboardCommand.class,
          ConfigCommands.Alerts.class,
          KeystoreCommand.class,
          SimulateCommand.class,
          HistoryCommand.class,
          BacktestCommand.class,
          SweepCommand.class,
          ScanCommand.class,
          BenchCommand.class,
          ShellCommands.Completion.class,
          ShellCommands.Manual.class,
          CommandLine.HelpCommand.class);

  /** Those that print something of every other. */
  private static final Set<String> OF_ALL = Set.of("completion", "man");

  private Main() {}

  public static void main(String[] args) {
    System.exit(runToCode(args));
  }

  /**
   * An error of the JVM, such as no memory, ends the program like any other fault, which the
   * supervisor heals; left alone it would end this thread only, or with a code that means something
   * else.
   */
  private static int runToCode(String... args) {
    try {
      return run(args);
    } catch (Throwable error) {
      System.err.println(sentence(error));
      return ExitCode.INTERNAL.code();
    }
  }

  static int run(String... args) {
    boolean debug = Arrays.asList(args).contains(DEBUG);
    String[] rest = Arrays.stream(args).filter(arg -> !arg.equals(DEBUG)).toArray(String[]::new);
    CommandLine line = line(rest);
    line.setUsageHelpWidth(80);
    line.setParameterExceptionHandler((error, given) -> usage(error));
    line.setExecutionExceptionHandler((error, command, given) -> failed(error, command, debug));
    return printed(line.execute(rest.length == 0 ? new String[] {HELP} : rest));
  }

  /**
   * A PrintStream swallows its errors: without this look at the end half a report would be a clean
   * one. The log lines of a run go through a stream of their own: a run goes on without a reader.
   */
  private static int printed(int code) {
    if (!System.out.checkError() || code != ExitCode.CLEAN.code()) {
      return code;
    }
    System.err.println(
        "standard output could not be written (is the disk full, or its reader gone?): what was"
            + " printed is not complete");
    return ExitCode.OUTPUT.code();
  }

  /**
   * The commands; those that are not named by their first line only. To read the options of all of
   * them is most of what a start costs.
   */
  private static CommandLine line(String... args) {
    List<String> named = Arrays.stream(args).filter(arg -> !arg.startsWith("-")).toList();
    String first = named.isEmpty() ? HELP : named.getFirst();
    boolean all = OF_ALL.contains(first) || (first.equals(HELP) && args.length > 1);
    CommandLine line = new CommandLine(new Main());
    for (Class<?> command : COMMANDS) {
      Command about = command.getAnnotation(Command.class);
      boolean whole = all || about.name().equals(first);
      line.addSubcommand(about.name(), whole ? withHelp(new CommandLine(command)) : outline(about));
    }
    standard(line);
    return line.registerConverter(BigDecimal.class, new FlagValues.DecimalNumber());
  }

  private static CommandLine outline(Command about) {
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create().name(about.name());
    spec.usageMessage().description(about.description());
    return new CommandLine(spec);
  }

  private static CommandLine withHelp(CommandLine line) {
    line.getSubcommands().values().forEach(Main::withHelp);
    return standard(line);
  }

  private static CommandLine standard(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(true).version("twinleg 0.1.0-SNAPSHOT");
    return line;
  }

  private static int usage(ParameterException raised) {
    ParameterException error = UsageSentence.first(raised);
    CommandLine line = error.getCommandLine();
    line.getErr()
        .println(UsageSentence.of(error) + suggestion(error) + "; see " + name(line) + " --help");
    return ExitCode.USAGE.code();
  }

  /** As it is typed. */
  static String name(CommandLine line) {
    return line.getParent() == null
        ? "./twinleg"
        : name(line.getParent()) + " " + line.getCommandName();
  }

  private static String suggestion(ParameterException error) {
    List<String> alike =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream()
                .filter(near -> ConfigValidator.isNear(unmatched.getUnmatched().getFirst(), near))
                .toList()
            : List.of();
    return alike.isEmpty() ? "" : " (did you mean " + String.join(" or ", alike) + "?)";
  }

  private static int failed(Exception error, CommandLine command, boolean debug) {
    if (debug) {
      error.printStackTrace(command.getErr());
    }
    command.getErr().println(sentence(error));
    return exitCode(error).code();
  }

  static ExitCode exitCode(Throwable error) {
    return switch (error) {
      case ConfigException e -> ExitCode.USAGE;
      case InvalidSetting e -> ExitCode.USAGE;
      case HistoryException e -> ExitCode.USAGE;
      case UsageException e -> ExitCode.USAGE;
      case JournalException e -> e.exitCode();
      case VenueException e -> e.isRetryable() ? ExitCode.UNAVAILABLE : ExitCode.PRECONDITION;
      case MalformedMessage e -> ExitCode.UNAVAILABLE;
      case KeyException e -> ExitCode.PRECONDITION;
      default -> ExitCode.INTERNAL;
    };
  }

  private static String fault(Throwable error) {
    return error instanceof OutOfMemoryError
        ? "no memory is left"
        : "without a reason in its message";
  }

  /** An expected error has a sentence of its own; any other is reported as a fault of ours. */
  static String sentence(Throwable error) {
    String message = error.getMessage() == null ? fault(error) : error.getMessage();
    return exitCode(error) == ExitCode.INTERNAL
        ? "a fault of the program: "
            + message
            + "; run again with --debug and report what it prints"
        : message;
  }
}
