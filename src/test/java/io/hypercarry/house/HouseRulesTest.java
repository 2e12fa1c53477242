package io.hypercarry.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The house's rules, executed; it runs first. {@link HouseRulesCanFailTest} breaks each of them.
 */
@Order(1)
class HouseRulesTest {
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
    HouseRules.NO_PACKAGE_CYCLES.check(house);
  }

  @Test
  void coreOnlyComputes() {
    HouseRules.CORE_USES_ONLY_LIBRARIES_THAT_COMPUTE.check(house);
  }

  @Test
  void coreAsksTheSystemNothing() {
    HouseRules.CORE_ASKS_THE_SYSTEM_NOTHING.check(house);
  }

  @Test
  void booksHaveNoFloatingPoint() {
    HouseRules.NO_FLOATING_POINT_FIELDS.check(house);
    HouseRules.NO_FLOATING_POINT_SIGNATURES.check(house);
  }

  @Test
  void whatIsReplayedKeepsItsOrder() {
    HouseRules.NO_COLLECTION_WHOSE_ORDER_CHANGES.check(house);
  }

  @Test
  void onlyRiskApprovesAnOrder() {
    HouseRules.ONLY_RISK_APPROVES_AN_ORDER.check(house);
  }

  @Test
  void onlyExecutionCancels() {
    HouseRules.ONLY_EXECUTION_CANCELS.check(house);
  }

  @Test
  void namesSayWhatAClassIs() {
    HouseRules.NAMES_SAY_WHAT_A_CLASS_IS.check(house);
  }

  @Test
  void onlyTheFrontDoorAndTheVoicePrint() {
    HouseRules.ONLY_THE_FRONT_DOOR_AND_THE_VOICE_PRINT.check(house);
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
