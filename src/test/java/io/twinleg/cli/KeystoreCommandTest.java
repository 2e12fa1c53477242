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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreCommandTest {
  private static final String KEY =
      "0x0123456789012345678901234567890123456789012345678901234567890123";
  private static final String ADDRESS = "0x14791697260e4c9a71f18484c9f997b308e59325";

  @TempDir Path folder;
  private Path passphrase = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    passphrase = secretFile("passphrase", "correct horse\n");
    key = secretFile("key", KEY + "\n");
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
    String[] first = {"keystore", command, file, "--passphrase-file", passphrase.toString()};
    String[] all = new String[first.length + more.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return new ProgramProcess(folder).run(all);
  }

  private Path secretFile(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
