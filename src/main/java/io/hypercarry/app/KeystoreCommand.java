package io.hypercarry.app;

import io.hypercarry.keys.KeySource;
import io.hypercarry.keys.Keystore;
import io.hypercarry.keys.Passphrase;
import io.hypercarry.keys.Secret;
import io.hypercarry.protocol.Signer;
import java.nio.file.Path;
import java.util.Arrays;
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
      "from HYPERCARRY_PASSPHRASE, or from the terminal.",
      "",
      "Example:",
      "  ./hypercarry keystore new agent.json"
    })
final class KeystoreCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new Usage("keystore needs a command: new, import or address; see keystore --help");
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

    Passphrase passphrase() {
      return SigningKeys.passphrase(EnvironmentReader.system(), passphraseFile);
    }

    /** Whoever types it types it twice: a slip would lose the key. */
    Passphrase chosen() {
      return Passphrase.from(
          passphraseFile, EnvironmentReader.system()::read, question -> twice(question));
    }

    private static Optional<char[]> twice(String question) {
      Optional<char[]> first = SigningKeys.ask(question);
      if (first.isEmpty()) {
        return first;
      }
      char[] again = SigningKeys.ask("The same again: ").orElse(new char[0]);
      if (!Arrays.equals(first.get(), again)) {
        throw new Usage("the two passphrases differ; nothing was written");
      }
      return first;
    }

    int create(Secret secret) {
      Signer signer = secret.use(Signer::of);
      Keystore.create(file, secret, signer.address(), chosen());
      System.out.println(signer.address());
      return Exit.CLEAN;
    }
  }

  @Command(name = "new", description = "A fresh key, in a new file. Prints its address.")
  static final class New implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Override
    public Integer call() {
      try (Secret secret = Keystore.newSecret()) {
        return place.create(secret);
      }
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
      try (Secret secret = source().open()) {
        return place.create(secret);
      }
    }

    /** Never from the command line, which every process on the machine can read. */
    private KeySource source() {
      if (from.isEmpty()) {
        return KeySource.hex(
            SigningKeys.ask("Private key: ")
                .map(String::new)
                .orElseThrow(() -> new Usage("no terminal to ask for the key: give --from")));
      }
      if (!from.get().matches("(env|file):.+") || !SecretReference.isOne(from.get())) {
        throw new Usage("--from is not shown: expected env:NAME or file:PATH");
      }
      return new SecretReference(from.get()).source(EnvironmentReader.system(), place.passphrase());
    }
  }

  @Command(name = "address", description = "The address of a keystore.")
  static final class Address implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Override
    public Integer call() {
      Keystore keystore = Keystore.read(place.file);
      System.out.println(
          keystore
              .address()
              .orElseGet(() ->
                  SigningKeys.signer(KeySource.keystore(place.file, place.passphrase()))
                      .address()));
      return Exit.CLEAN;
    }
  }
}
