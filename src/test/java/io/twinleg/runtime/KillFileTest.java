package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillFileTest {
  @TempDir Path folder;

  private KillFile killFile() {
    return new KillFile(Optional.of(folder.resolve("KILL")));
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("KILL"), text);
  }

  @Test
  void aLevelIsToldOnceEachTimeItChanges() throws IOException {
    KillFile file = killFile();
    assertThat(file.level()).isEmpty();
    write("1\n");
    assertThat(file.level()).contains("1");
    assertThat(file.level()).isEmpty();
    write("2");
    assertThat(file.level()).contains("2");
    Files.delete(folder.resolve("KILL"));
    assertThat(file.level()).isEmpty();
    write("2");
    assertThat(file.level()).contains("2");
  }

  @Test
  void whatCannotBeReadIsTheStrongest() throws IOException {
    write("stop it!");
    assertThat(killFile().level()).contains("3");
    write("");
    assertThat(killFile().level()).contains("3");
    Files.delete(folder.resolve("KILL"));
    Files.createDirectory(folder.resolve("KILL"));
    assertThat(killFile().level()).contains("3");
  }

  @Test
  void aJournalInMemoryHasNoFileBesideIt() {
    assertThat(new KillFile(Optional.empty()).level()).isEmpty();
  }
}
