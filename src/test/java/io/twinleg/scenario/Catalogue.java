package io.twinleg.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The acceptance scenarios, 94 of them, each by the id at its tests ({@link Scenario}). What has no
 * test is named here and nowhere else.
 */
public final class Catalogue {
  /** Not part of the first version. */
  public static final Map<String, String> LATER = Map.of();

  /** Without a test, because the program cannot do it yet: nothing. */
  public static final Map<String, String> MISSING = Map.of();

  private static final String READ = "settings are read, and nothing has started";
  private static final String WIRE = "bytes on the wire; which ones does not depend on a restart";
  private static final String LEDGER = "the ledger by itself, which a start fills from the journal";

  /** Why a scenario is not killed at every step of its input and output. */
  public static final Map<String, String> NOT_KILLED = notKilled();

  public static final Map<String, String> TITLES =
      table(
          """
          E01 annualisation
          E02 full passive entry
          E03 post-only does not cross
          E04 post-only on the wire
          E05 remaining only
          E06 rounding remainder
          E07 margin gate
          E08 spot hold
          E09 expected value gate
          E10 tick decade
          E11 caps
          E12 least spread
          A01 perp rejected after the spot's fill
          A02 spot rejected
          A03 a hedge for each fill
          A04 partial fill below the minimum
          A05 both legs at once
          A06 split batch
          A07 cancel race
          A08 requote race
          A09 foreign order
          RP01 stage A succeeds
          RP02 stage B
          RP03 timeout, unwind
          RP04 repair whatever the rate
          RP05 repair in parts
          RP06 reverse side
          RP07 repair with no budget left
          RP08 unwind rejected as reduce-only
          X01 simple exit
          X02 debounce
          X03 cooldown
          X04 entry after an exit
          X05 one leg rests
          X06 never oversell
          X07 dust at the end
          X08 wait for a payment
          X09 reduce-only
          C01 worked example
          C02 fee in base
          C03 maker and taker by fill
          C04 funding
          C05 the same fills again
          C06 average cost
          C07 a transfer is neutral
          C08 two markets
          K01 drawdown
          K02 wick
          K03 order limiter
          K04 margin: act
          K05 margin: emergency
          K06 liquidation
          K07 delisting
          K08 leverage mismatch
          K09 kill level 3
          K10 portfolio rotation
          S01 killed between intent and send
          S02 killed between send and answer
          S03 killed between fill and hedge
          S04 killed between the legs of a flatten
          S05 torn or damaged journal
          S06 restart while hedged
          S07 two processes
          S08 three hours down, and a manual trade
          S09 deploy
          S10 full disk
          F01 lost answer, order landed
          F02 lost order
          F03 502 on a read
          F04 burst of 429
          F05 connection lost, with a fill inside
          F06 duplicate and reordered news
          F07 stale book
          F08 fewer statuses than orders
          F09 clock jumps
          F10 REST against stream
          F11 unknown field or value
          B01 exit not below entry
          B02 a target that is no amount
          B03 a word for a truth
          B04 mistyped key
          B05 pair without a slash
          B06 live on a journal in memory
          B07 key file that others may read
          B08 venue without encryption
          B09 leverage above the coin's
          B10 dry run on a live journal
          B11 purity of the dry run
          M01 spoofed depth
          M02 gap
          M03 flickering rate
          M04 thin exit
          M05 basis blow-out
          M06 toxic maker
          """);

  private Catalogue() {}

  private static Map<String, String> notKilled() {
    Map<String, String> why = new LinkedHashMap<>();
    for (int b = 1; b <= 10; b++) {
      why.put("B%02d".formatted(b), READ);
    }
    why.put("B11", "a whole process: LiveKill9Test kills one");
    why.put("E04", WIRE);
    why.put("F08", WIRE);
    why.put("F11", WIRE);
    for (String id : List.of("C03", "C05", "C06", "F06")) {
      why.put(id, LEDGER);
    }
    for (String id : List.of("S01", "S02", "S03", "S04", "S10")) {
      why.put(id, "is itself an end at its worst instant");
    }
    why.put("F10", "the core alone, which a restart does not change");
    why.put("S05", "the damage itself stands for the kill");
    why.put("S07", "the second process must not begin");
    why.put("M06", "a batch of its own, whose worlds kill too");
    why.putAll(LATER);
    return Collections.unmodifiableMap(why);
  }

  private static Map<String, String> table(String lines) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : lines.lines().filter(each -> !each.isBlank()).toList()) {
      String[] row = line.split(" ", 2);
      if (rows.put(row[0], row[1]) != null) {
        throw new IllegalStateException(row[0] + " stands twice in the catalogue");
      }
    }
    return Collections.unmodifiableMap(rows);
  }
}
