package io.twinleg.cli;

import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.core.model.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = "Check a configuration and show every effective value.",
    footer = {"", "Example:", "  ./twinleg validate --config config.json"})
final class ValidateCommand implements Callable<Integer> {
  @Mixin ConfigOptions common = new ConfigOptions();

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    Config config =
        Config.load(common.file(false), common.overrides, Config.Mode.LIVE, Environment.system());
    if (json) {
      System.out.println(config.report().json());
      return ExitCode.CLEAN.code();
    }
    config.report().lines().forEach(System.out::println);
    config.warnings().forEach(warning -> System.out.println("warning: " + warning));
    System.out.println(
        "not checked, as it takes the venue: that the market exists, the key and the account,"
            + " balances, leverage, the fees of the account");
    System.out.println("valid, config_hash " + config.hash());
    return ExitCode.CLEAN.code();
  }
}
