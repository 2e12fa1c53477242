package io.twinleg.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The front door: one class a command, one sentence for every trouble. */
@Command(
    name = "twinleg",
    description = "Earns funding by holding a coin and shorting as much of its perpetual.",
    subcommands = {
      RunCommand.class,
      ExchangeCommand.class,
      ValidateCommand.class,
      MarketsCommand.class,
      ControlCommands.Status.class,
      ControlCommands.Pause.class,
      ControlCommands.Resume.class,
      ControlCommands.Kill.class,
      ControlCommands.Flatten.class,
      BidAndCancelCommand.class,
      ReportCommand.class,
      ReplayCommand.class,
      KeystoreCommand.class,
      SimulateCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "With --debug any command also prints the stack trace of an error."})
public final class Main {
  private static final String DEBUG = "--debug";

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    boolean debug = Arrays.asList(args).contains(DEBUG);
    String[] rest = Arrays.stream(args).filter(arg -> !arg.equals(DEBUG)).toArray(String[]::new);
    CommandLine line = new CommandLine(new Main());
    addHelp(line);
    line.setUsageHelpWidth(80);
    line.setParameterExceptionHandler((trouble, given) -> usage(trouble));
    line.setExecutionExceptionHandler((trouble, command, given) -> failed(trouble, command, debug));
    return line.execute(rest.length == 0 ? new String[] {"help"} : rest);
  }

  private static void addHelp(CommandLine line) {
    line.getSubcommands().values().forEach(Main::addHelp);
    line.getCommandSpec().mixinStandardHelpOptions(true).version("twinleg 0.1.0-SNAPSHOT");
  }

  private static int usage(ParameterException trouble) {
    CommandLine line = trouble.getCommandLine();
    String command = line.getParent() == null ? "" : line.getCommandName() + " ";
    line.getErr()
        .println(
            trouble.getMessage() + suggestion(trouble) + "; see ./twinleg " + command + "--help");
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException trouble) {
    List<String> alike =
        trouble instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return alike.isEmpty() ? "" : " (did you mean " + String.join(" or ", alike) + "?)";
  }

  private static int failed(Exception trouble, CommandLine command, boolean debug) {
    if (debug) {
      trouble.printStackTrace(command.getErr());
    }
    command.getErr().println(ExitCode.sentence(trouble));
    return ExitCode.of(trouble);
  }
}
