package org.qsmnode.route;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qsmnode.store.Failpoint;

/**
 * A fault that can come over the node.
 *
 * @param fault what happens to the node
 * @param must what the node must do then
 * @param proof a test as {@code Class#method}, or the points of the campaign as {@code KIND_*}
 */
record RiskRow(String fault, String must, String proof) {

  /** End of the proof of a row that the campaign of kills shows. */
  private static final String POINTS = "_*";

  private static final String GOES_ON =
      "Starts again and goes on; every acknowledged object is there; one result, once.";

  private static RiskRow killed(String when, String kind) {
    return new RiskRow("SIGKILL while " + when, GOES_ON, kind + POINTS);
  }

  /** All rows, in the order of the page. */
  static final List<RiskRow> ALL =
      List.of(
          killed("an object is received", "RECEIVE"),
          killed("a study is assembled", "ASSEMBLE"),
          killed("a job is computed", "PROCESS"),
          killed("derived files are written", "DERIVE"),
          killed("a series is sent", "SEND"),
          killed("storage commitment is asked for", "COMMIT"),
          killed("the night plans and works", "NIGHT"),
          killed("retention deletes", "RETENTION"),
          new RiskRow(
              "SIGKILL, a dozen seeded points in each build",
              GOES_ON,
              "SeededKillsIT#aNodeThatIsKilledAtSeededPointsLosesAndDoublesNothing"),
          new RiskRow(
              "SIGKILL while receiving, computing and sending, one after another",
              GOES_ON,
              "KillIT#aNodeKilledWhileReceivingProcessingAndSendingDeliversExactlyOneResult"),
          new RiskRow(
              "SIGKILL between two deletions of retention",
              "The rest is deleted at the next start; nothing comes back as received.",
              "OwedDeletionsTest#aNodeThatEndsBetweenTwoFilesDeletesTheRestWhenItStarts"),
          new RiskRow(
              "Each step fails once with an I/O error, the computation for want of memory",
              "The step is tried again, the sender is answered a failure; one result, once.",
              "FailingStepsIT#aNodeOfWhichEachStepFailsOnceDeliversExactlyOneResult"),
          new RiskRow(
              "The disk of the spool is full, then read-only, then forbidden, and well again",
              "A700 or 0110 meanwhile; then goes on by itself; nothing lost.",
              "SpoolDiskIT#aDiskThatIsFullReadOnlyOrForbiddenForAWhileLosesNothing"),
          new RiskRow(
              "The clock was wrong by a day while a study came, and is set back",
              "The study is done when the node starts, not a day later; one result.",
              "FutureRowsTest#whatWasPlannedByAClockThatRanAheadIsDueWhenTheNodeStarts"),
          new RiskRow(
              "The hour of the night's beginning is left out in spring",
              "The night begins at the change; its quota counts from there.",
              "NightWindowTest#aNightThatBeginsInTheHourLeftOutBeginsAtTheChange"),
          new RiskRow(
              "The hour of the night's beginning comes twice in autumn",
              "One night, begun at the first of both.",
              "NightWindowTest#aNightThatBeginsInTheHourThatComesTwiceIsOneNight"),
          new RiskRow(
              "A power cut left a received file short, without a row",
              "It is not taken for received; quarantine.",
              "ReceiveObjectTest#aFileThatTheLedgerDoesNotMeanGoesToQuarantine"),
          new RiskRow(
              "Connections are opened and stay silent",
              "Others are served; the silent ones end.",
              "FloodTest#silentConnectionsKeepNobodyOut"),
          new RiskRow(
              "A row of the ledger cannot be read",
              "Its study is held with a reason; no other waits.",
              "HeldStudyTest#aRowThatCannotBeReadHoldsItsStudyAndNoOther"),
          new RiskRow(
              "The PACS is down, refuses, has no room, fails and dies amid objects",
              "Tried again until it has everything.",
              "PacsTroubleIT#aPacsThatIsDownRefusesFailsAndDiesGetsEverythingInTheEnd"),
          new RiskRow(
              "The PACS is stopped and the node killed in the middle of the night",
              "By morning one result or one reason for each study.",
              "NightIT#byMorningEachStudyHasExactlyOneResultOrOneReason"));

  /** True when the campaign of kills shows it. */
  boolean byCampaign() {
    return proof.endsWith(POINTS);
  }

  /** Points of the campaign that belong to this row. */
  List<Failpoint> points() {
    String kind = proof.substring(0, proof.length() - 1).toUpperCase(Locale.ROOT);
    return Stream.of(Failpoint.values()).filter(point -> point.name().startsWith(kind)).toList();
  }

  /** Simple name of the test class. */
  String testClass() {
    return proof.substring(0, proof.indexOf('#'));
  }

  String testMethod() {
    return proof.substring(proof.indexOf('#') + 1);
  }
}
