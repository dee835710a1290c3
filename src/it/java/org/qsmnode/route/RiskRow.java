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
              "The clock jumps a day ahead amid receipt, assembly, computation and sending",
              "The study is neither split nor done twice; one result, once.",
              "ClockAheadIT#aClockThatJumpsADayAheadAtEachStepNeitherSplitsNorDoublesAStudy"),
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
              "NightIT#byMorningEachStudyHasExactlyOneResultOrOneReason"),
          new RiskRow(
              "H2 is killed right after a write, other transactions half done",
              "No index contradicts its table: it writes only between transactions.",
              "DatabaseTest#nothingIsForcedWhileAnotherTransactionIsHalfDone"),
          new RiskRow(
              "A power cut takes acknowledged files that were not forced",
              "They come back from the receipt journal.",
              "ReceiptJournalTest#whatAPowerCutTakesOfTheFilesComesBackFromTheJournal"),
          new RiskRow(
              "A power cut ends the receipt journal anywhere",
              "Every whole record before the cut comes back, and nothing else.",
              "ReceiptJournalTest#aJournalCutAnywhereGivesBackEveryWholeRecordBeforeTheCutAndNothingElse"),
          new RiskRow(
              "A power cut left a result file short; a viewer retrieves its series",
              "The object fails by its UID, the others arrive; never sent cut.",
              "QueryRetrieveTest#aFileThatWasCutShortFailsAloneAndIsNeverSentCut"),
          new RiskRow(
              "A power cut left a result file short; a browser asks for it",
              "404 with a sentence; never sent cut.",
              "DicomWebTest#anObjectWhoseFileWasCutShortIsNotSent"),
          new RiskRow(
              "A power cut left a result file short; its delivery is due",
              "The delivery is given up with a reason; nothing of a cut series is sent.",
              "CutResultTest#aDeliveryOfACutResultIsGivenUpAndTheWholeSeriesBesideItGoesOn"),
          new RiskRow(
              "A power cut left a result file short; a peer asks for storage commitment",
              "Failure reason 0110 for that object; the whole ones are promised.",
              "CutResultTest#aPeerThatAsksForCommitmentOfACutResultIsToldThatItIsNotKept"),
          new RiskRow(
              "The disk of the embedded database is full",
              "The process ends with status 1; once there is room it goes on.",
              "LedgerGoneIT#aNodeWhoseDiskIsFullEndsWithStatusOneAndGoesOnOnceThereIsRoom"),
          new RiskRow(
              "The database server is stopped, comes back, and crashes",
              "The node waits; after the crash it ends and starts again; nothing lost.",
              "LedgerGoneIT#aNodeWaitsForItsServerAndAfterACrashOfTheServerStartsAgainWithoutLoss"),
          new RiskRow(
              "The database is away when a job or a delivery ends",
              "The end is repeated until the database answers.",
              "UntilLedgerAnswersTest#aStepThatMetAnOutageIsDoneWhenTheDatabaseIsBack"),
          new RiskRow(
              "The database does not answer the start of a delivery that it has noted",
              "The delivery is tried like any other.",
              "LostAnswerTest#aDeliveryWhoseStartWasNotAnsweredIsTriedLikeAnyOther"),
          new RiskRow(
              "The message broker is killed while a study is received, then while it is computed",
              "DOWN in health, receipt goes on; UP with the broker; one result, once.",
              "BrokerGoneIT#aNodeWhoseBrokerIsGoneSaysSoAndDeliversOnceWhenTheBrokerIsBack"),
          new RiskRow(
              "The disk is at the node's reserve",
              "Objects are answered A700; health is DOWN and says why.",
              "NodeHealthTest#aDiskAtItsReserveIsDownWithWhatComesOfIt"),
          new RiskRow(
              "The PACS never answers a store",
              "The association is left after the store timeout.",
              "SlowPeersTest#aPeerThatNeverAnswersAStoreIsLeftAfterTheStoreTimeout"),
          new RiskRow(
              "The PACS stops reading amid an object (half-open socket)",
              "The association is left after the store timeout.",
              "SlowPeersTest#aPeerThatStopsReadingAmidAnObjectIsLeftAfterTheStoreTimeout"),
          new RiskRow(
              "The PACS hangs up amid an object",
              "The attempt fails and is made again.",
              "SlowPeersTest#aPeerThatHangsUpAmidAnObjectIsASendException"),
          new RiskRow(
              "The PACS answers twice",
              "The second answer is not taken for that to the next object.",
              "SlowPeersTest#aSecondAnswerToAnObjectIsNotTakenForTheAnswerToTheNext"),
          new RiskRow(
              "The PACS has half of a series from an attempt before",
              "0111 is looked up and counts as stored; nothing is sent again.",
              "PacsTroubleIT#whatAPacsHadBeforeIsDelivered"),
          new RiskRow(
              "A sender aborts amid an object",
              "Nothing of the object is left.",
              "DicomConsumerTest#anAssociationThatIsAbortedInADataSetLeavesNothing"),
          new RiskRow(
              "Copies of one object come at once",
              "Each is answered 0000 or 0111; the object is kept once.",
              "CopiesAtOnceTest#identicalCopiesAreAllStoredAndKeptOnce"),
          new RiskRow(
              "Huge and hostile objects come on sixteen associations, heap 512 MiB",
              "Each has its status; a scanner beside them is served; no end for want of memory.",
              "HostileObjectsIT#memoryDoesNotDependOnWhatPeersSend"),
          new RiskRow(
              "An image with a text of 21 MiB comes before a sound study, and the node is killed",
              "No study waits behind it, before or after the kill.",
              "LongTextIT#noStudyWaitsBehindAnImageWithALongTextBeforeOrAfterAKill"),
          new RiskRow(
              "An address opens two hundred associations",
              "A known scanner still gets in.",
              "FloodTest#twoHundredTitlesOfOneAddressLeaveRoomForAKnownScanner"),
          new RiskRow(
              "An object of a study comes late, after its result",
              "A new result with what came; the old one is superseded.",
              "LateObjectIT#lateObjectsOpenAnAcquisitionAgainAndALaterEchoGivesANewResult"),
          new RiskRow(
              "A job ends the process at every attempt, as for want of memory",
              "FAILED with a reason after the configured attempts; no other job waits.",
              "ProcessJobTest#aJobThatEndedTheProcessAtEveryAttemptIsFailedInsteadOfStartedForEver"),
          new RiskRow(
              "A sweep does not succeed",
              "DOWN in health after ten intervals, by the name of the sweep.",
              "SweepTest#aSweepThatHasNotSucceededForTenIntervalsIsInTroubleByName"),
          new RiskRow(
              "The node restarts while a result is made again at night",
              "The item ends with what became of its job.",
              "NightShiftTest#aRedoThatARestartTookBackEndsWithItsJob"),
          new RiskRow(
              "Clocks of machines with one ledger differ by minutes",
              "No plan of the other machine is brought forward.",
              "FutureRowsTest#rowsOfANodeWhoseClockIsAFewMinutesAheadStayWhereTheLedgerIsShared"),
          new RiskRow(
              "Three nodes, one killed at a seeded moment of each study",
              "One result of each study, once; the night is planned once.",
              "MachinesIT#studiesOfWhichHalfArrivesAtEachOfTwoNodesHaveOneResultThoughNodesAreKilled"),
          new RiskRow(
              "A node is silent while it computes, and wakes up late",
              "Another node delivers; the late one changes nothing.",
              "MachinesIT#aJobOfASilentNodeIsDoneByAnotherAndTheLateNodeChangesNothing"),
          new RiskRow(
              "A second process starts under the name of a node",
              "It ends with status 1 and touches nothing.",
              "MachinesIT#aSecondProcessOfOneNameDoesNotStartAndTouchesNothing"));

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
