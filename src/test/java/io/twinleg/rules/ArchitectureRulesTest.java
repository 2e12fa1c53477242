package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The house's rules, executed; it runs first. {@link ArchitectureRulesCanFailTest} breaks each of them.
 */
@Order(1)
class ArchitectureRulesTest {
  private static final SourceTree SOURCES = new SourceTree(Path.of("src/main/java"));

  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house = new ClassFileImporter().importPath(Path.of("target/classes"));
    assertThat(house).isNotEmpty();
  }

  @Test
  void everyPackageHasItsRowInTheImportTable() {
    assertThat(new ImportTable().unknownRooms(house)).isEmpty();
  }

  @Test
  void packagesImportOnlyWhatTheTableAllows() {
    assertThat(new ImportTable().trespasses(house)).isEmpty();
  }

  @Test
  void packagesHaveNoCycle() {
    ArchitectureRules.NO_PACKAGE_CYCLES.check(house);
  }

  @Test
  void coreOnlyComputes() {
    ArchitectureRules.CORE_USES_ONLY_LIBRARIES_THAT_COMPUTE.check(house);
  }

  @Test
  void coreAsksTheSystemNothing() {
    ArchitectureRules.CORE_ASKS_THE_SYSTEM_NOTHING.check(house);
  }

  @Test
  void booksHaveNoFloatingPoint() {
    ArchitectureRules.NO_FLOATING_POINT_FIELDS.check(house);
    ArchitectureRules.NO_FLOATING_POINT_SIGNATURES.check(house);
  }

  @Test
  void whatIsReplayedKeepsItsOrder() {
    ArchitectureRules.NO_COLLECTION_WHOSE_ORDER_CHANGES.check(house);
  }

  @Test
  void onlyRiskApprovesAnOrder() {
    ArchitectureRules.ONLY_RISK_APPROVES_AN_ORDER.check(house);
  }

  @Test
  void onlyExecutionCancels() {
    ArchitectureRules.ONLY_EXECUTION_CANCELS.check(house);
  }

  @Test
  void namesSayWhatAClassIs() {
    ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS.check(house);
  }

  @Test
  void onlyTheFrontDoorAndTheVoicePrint() {
    ArchitectureRules.ONLY_THE_FRONT_DOOR_AND_THE_VOICE_PRINT.check(house);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    assertThat(SOURCES.packagesWithoutInfo()).isEmpty();
  }

  @Test
  void filesAndMethodsFitAReader() {
    assertThat(SOURCES.longFiles()).isEmpty();
    assertThat(SOURCES.longMethods()).isEmpty();
  }
}
