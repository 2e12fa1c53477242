package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.bootstrap.SignerFactory;
import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.config.Environment;
import io.twinleg.config.SecretReference;
import io.twinleg.core.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class KeystoreCommandTest {
  private static final String KEY =
      "0x0123456789012345678901234567890123456789012345678901234567890123";
  private static final String ADDRESS = "0x14791697260e4c9a71f18484c9f997b308e59325";

  @TempDir Path folder;
  private Path passphrase = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    passphrase = SecretFile.write(folder.resolve("passphrase"), "correct horse\n");
    key = SecretFile.write(folder.resolve("key"), KEY + "\n");
  }

  @Test
  void anImportedKeyOpensAsASignerAndIsNeverShown() throws Exception {
    Ended imported = run("import", "agent.json", "--from", "file:" + key);
    assertThat(imported.out()).isEqualTo(ADDRESS + System.lineSeparator());
    assertThat(imported.err()).doesNotContain(KEY.substring(2));
    Path file = folder.resolve("agent.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(KEY.substring(2), "correct horse");
    assertThat(address("keystore:" + file, Environment.of(Map.of()))).isEqualTo(ADDRESS);
    assertThat(run("address", "agent.json").out()).isEqualTo(imported.out());
  }

  @Test
  void aNewKeyGoesIntoANewFileOnly() throws Exception {
    Ended made = run("new", "agent.json");
    assertThat(made.out().strip()).matches("0x[0-9a-f]{40}");
    String before = Files.readString(folder.resolve("agent.json"));
    Ended again = run("new", "agent.json");
    assertThat(again.exitCode()).isEqualTo(ExitCode.PRECONDITION.code());
    assertThat(again.errLines())
        .singleElement()
        .asString()
        .endsWith("exists already and is not overwritten: name another file");
    assertThat(folder.resolve("agent.json")).hasContent(before);
  }

  @Test
  void aKeyOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
    Ended ended = run("import", "agent.json", "--from", KEY);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.errLines())
        .containsExactly("--from is not shown: expected env:NAME or file:PATH");
    assertThat(folder.resolve("agent.json")).doesNotExist();
  }

  @Test
  void everyFormOfReferenceBecomesTheSameSigner() {
    Environment environment = Environment.of(Map.of("AGENT", KEY));
    for (String form : new String[] {KEY, "env:AGENT", "file:" + key}) {
      assertThat(address(form, environment)).isEqualTo(ADDRESS);
    }
  }

  /** The heap that a JVM has by default on a machine of 1 GB. */
  @Test
  void whatIsMadeHereOpensWith256MegabytesOfHeap() throws Exception {
    assertThat(smallHeap("import", "--from", "file:" + key).out().strip()).isEqualTo(ADDRESS);
    Ended opened = smallHeap("address");
    assertThat(opened.exitCode()).as(opened.err()).isZero();
    assertThat(opened.out().strip()).isEqualTo(ADDRESS);
  }

  @Test
  void oneThatNeedsMoreMemoryThanThereIsIsRefusedInASentence() throws Exception {
    run("import", "agent.json", "--from", "file:" + key);
    Path file = folder.resolve("agent.json");
    Files.writeString(file, Files.readString(file).replace("\"n\":131072", "\"n\":262144"));
    Ended refused = smallHeap("address");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.PRECONDITION.code());
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .matches(
            "agent.json needs 256 MB of memory to be opened, and the program may use \\d+ MB:"
                + " allow it more, such as TWINLEG_HEAP=1g");
  }

  private Ended smallHeap(String command, String... more) throws Exception {
    return new ProgramProcess(folder).jvm("-Xmx256m").run(arguments(command, "agent.json", more));
  }

  @Test
  void aShortPassphraseMakesNoKeystore() throws Exception {
    SecretFile.write(passphrase, "1234567\n");
    assertRefused("the passphrase is shorter than 8 characters");
    SecretFile.write(passphrase, "\n");
    assertRefused("the passphrase is empty");
  }

  private void assertRefused(String beginning) throws Exception {
    Ended refused = run("new", "agent.json");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.PRECONDITION.code());
    assertThat(refused.errLines()).singleElement().asString().startsWith(beginning);
    assertThat(folder.resolve("agent.json")).doesNotExist();
  }

  @Test
  void anAddressIsProvenByTheKeyOrMarkedAsUnproven() throws Exception {
    run("import", "agent.json", "--from", "file:" + key);
    ProgramProcess program = new ProgramProcess(folder);
    assertThat(program.run("keystore", "address", "agent.json").out().strip())
        .isEqualTo(ADDRESS + " (unproven: give --passphrase-file or TWINLEG_PASSPHRASE)");
    Path file = folder.resolve("agent.json");
    String other = "ab".repeat(20);
    Files.writeString(file, Files.readString(file).replace(ADDRESS.substring(2), other));
    Ended forged = run("address", "agent.json");
    assertThat(forged.exitCode()).isEqualTo(ExitCode.PRECONDITION.code());
    assertThat(forged.out()).isEmpty();
    assertThat(forged.errLines())
        .containsExactly(
            "agent.json says that its address is 0x%s, and its key has %s: do not use it"
                .formatted(other, ADDRESS));
  }

  private String address(String reference, Environment environment) {
    return SignerFactory.signer(
            SignerFactory.source(
                new SecretReference("credentials.secret_key", reference),
                environment,
                SignerFactory.passphrase(environment, passphrase)))
        .address();
  }

  private Ended run(String command, String file, String... more)
      throws IOException, InterruptedException {
    return new ProgramProcess(folder).run(arguments(command, file, more));
  }

  private String[] arguments(String command, String file, String... more) {
    return Stream.concat(
            Stream.of("keystore", command, file, "--passphrase-file", passphrase.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
