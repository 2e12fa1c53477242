package io.twinleg.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySourceTest {
  private static final String KEY =
      "0123456789012345678901234567890123456789012345678901234567890123";

  @TempDir Path folder;

  @Test
  void aKeyComesFromTheTextTheEnvironmentOrAFile() throws Exception {
    Path file = file("rw-------");
    assertThat(hex(KeySource.hex("0x" + KEY))).isEqualTo(KEY);
    assertThat(hex(KeySource.environment("AGENT", name -> Optional.of(KEY)))).isEqualTo(KEY);
    assertThat(hex(KeySource.file(file))).isEqualTo(KEY);
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws Exception {
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw------x"}) {
      Path file = file(mode);
      assertThatThrownBy(() -> KeySource.file(file).open())
          .isInstanceOf(KeyException.class)
          .hasMessage(file + " can be read by others on this machine: chmod 600 it");
    }
  }

  @Test
  void aLinkIsAsOpenAsWhatItPointsTo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file("rw-r--r--"));
    assertThatThrownBy(() -> KeySource.file(link).open()).hasMessageContaining("chmod 600");
    Path good = Files.createSymbolicLink(folder.resolve("good"), file("r--------"));
    assertThat(hex(KeySource.file(good))).isEqualTo(KEY);
  }

  @Test
  void whatIsNoKeyIsNamedByItsPlaceAndNotShown() {
    String almost = KEY.substring(1);
    assertThatThrownBy(() -> KeySource.environment("AGENT", name -> Optional.of(almost)).open())
        .isInstanceOf(KeyException.class)
        .hasMessageStartingWith("the environment variable AGENT does not hold a key")
        .message()
        .doesNotContain(almost.substring(0, 8));
    assertThatThrownBy(() -> KeySource.environment("AGENT", name -> Optional.empty()).open())
        .hasMessage("the environment variable AGENT is not set");
    assertThatThrownBy(() -> KeySource.file(folder.resolve("absent")).open())
        .hasMessageEndingWith("cannot be read: check that it exists and is yours");
  }

  @Test
  void aClosedSecretIsAllZerosAndAnOpenOneIsNotShown() {
    SecretKey secret = KeySource.hex(KEY).open();
    assertThat(secret).hasToString("(not shown)");
    secret.close();
    String left = secret.use(HexFormat.of()::formatHex);
    assertThat(left).isEqualTo("0".repeat(64));
  }

  @Test
  void aPassphraseComesFromTheFileThenTheEnvironmentThenTheTerminal() throws Exception {
    Path file = Files.writeString(folder.resolve("pass"), "from the file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Optional<char[]> typed = Optional.of("typed".toCharArray());
    Optional<String> set = Optional.of("set");
    assertThat(Passphrase.from(Optional.of(file), name -> set, ask -> typed).get())
        .containsExactly("from the file".toCharArray());
    assertThat(Passphrase.from(Optional.empty(), name -> set, ask -> typed).get())
        .containsExactly("set".toCharArray());
    assertThat(Passphrase.from(Optional.empty(), name -> Optional.empty(), ask -> typed).get())
        .containsExactly("typed".toCharArray());
    assertThatThrownBy(() ->
            Passphrase.from(Optional.empty(), name -> Optional.empty(), ask -> Optional.empty())
                .get())
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("TWINLEG_PASSPHRASE");
  }

  private Path file(String mode) throws IOException {
    Path file = Files.createTempFile(folder, "key", ".txt");
    Files.writeString(file, "0x" + KEY + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String hex(KeySource source) {
    try (SecretKey secret = source.open()) {
      return secret.use(HexFormat.of()::formatHex);
    }
  }
}
