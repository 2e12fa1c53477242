package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "keystore",
    description = "Make or look at a keystore: a signing key under a passphrase.",
    subcommands = {
      KeystoreCommand.New.class,
      KeystoreCommand.Import.class,
      KeystoreCommand.Address.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Only the address is ever printed. The passphrase comes from --passphrase-file,",
      "from TWINLEG_PASSPHRASE, or from the terminal.",
      "",
      "Example:",
      "  ./twinleg keystore new agent.json"
    })
final class KeystoreCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new UsageException(
        "keystore needs a command: new, import or address; see ./twinleg keystore --help");
  }

  /** The file, and what opens it. */
  static final class Place {
    @Parameters(paramLabel = "FILE", description = "The keystore.")
    Path file = Path.of("");

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        description = "Its first line is the passphrase; only its owner may read it.")
    Optional<Path> passphraseFile = Optional.empty();
  }

  @Command(name = "new", description = "A fresh key, in a new file. Prints its address.")
  static final class New implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Override
    public Integer call() {
      return KeystoreService.fresh(place);
    }
  }

  @Command(
      name = "import",
      description = "A key you have, in a new file. It is asked for, and not shown.")
  static final class Import implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Option(
        names = "--from",
        paramLabel = "SOURCE",
        description = "env:NAME or file:PATH; without it the terminal asks.")
    Optional<String> from = Optional.empty();

    @Override
    public Integer call() {
      return KeystoreService.imported(place, from);
    }
  }

  @Command(
      name = "address",
      description =
          "The address of a keystore: proven by its key where the passphrase is given, else as the"
              + " file says.")
  static final class Address implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Override
    public Integer call() {
      return KeystoreService.address(place);
    }
  }
}
