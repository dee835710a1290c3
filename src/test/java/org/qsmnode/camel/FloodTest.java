package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one address does leaves room for the others; addresses are those of the loopback network.
 */
@Timeout(60)
class FloodTest {

  private static final String TOO_MANY = "2/3/2";
  private static final String FLOOD = "127.0.0.9";
  private static final String ELSEWHERE = "127.0.0.2";

  @TempDir Path folder;
  private final List<DicomEvent> events = new CopyOnWriteArrayList<>();
  private final List<RawCaller> callers = new ArrayList<>();
  private final TestNode node = new TestNode();

  @AfterEach
  void stop() throws Exception {
    for (RawCaller caller : callers) {
      caller.close();
    }
    node.close();
  }

  @Test
  void twoHundredTitlesOfOneAddressLeaveRoomForAKnownScanner() throws Exception {
    start(new ReservedAssociations(Set.of("SCANNER"), 25, 0));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(call(FLOOD, "FLOOD" + i));
    }
    assertEquals(12, Collections.frequency(answers, RawCaller.ACCEPTED));
    assertEquals(188, Collections.frequency(answers, TOO_MANY));
    assertEquals(RawCaller.ACCEPTED, call(ELSEWHERE, "SCANNER"));
    assertEquals(RawCaller.ACCEPTED, call(FLOOD, "SCANNER"), "behind the address of the flood");
    assertEquals(TOO_MANY, call(ELSEWHERE, "STRANGER"));
  }

  @Test
  void whoForgesAKnownTitleDoesNotGetAllThatIsKeptForIt() throws Exception {
    start(new ReservedAssociations(Set.of("SCANNER", "ARCHIVE"), 25, 0));
    for (int i = 0; i < 20; i++) {
      call(FLOOD, "FLOOD" + i);
      call(FLOOD, "SCANNER");
    }
    assertEquals(RawCaller.ACCEPTED, call(ELSEWHERE, "ARCHIVE"));
  }

  @Test
  void oneAddressLeavesAQuarterToOthersAlsoWhereNobodyIsKnown() throws Exception {
    start(new ReservedAssociations(Set.of(), 25, 0));
    for (int i = 0; i < 20; i++) {
      call(FLOOD, "FLOOD" + i);
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(RawCaller.ACCEPTED, call(ELSEWHERE, "SCANNER"));
    }
    assertEquals(TOO_MANY, call("127.0.0.3", "SCANNER"));
  }

  @Test
  void theLimitOfAnAddressIsThatOfTheSite() throws Exception {
    start(new ReservedAssociations(Set.of(), 0, 3));
    for (int i = 0; i < 3; i++) {
      assertEquals(RawCaller.ACCEPTED, call(FLOOD, "FLOOD" + i));
    }
    assertEquals(TOO_MANY, call(FLOOD, "FLOOD3"));
    assertEquals(RawCaller.ACCEPTED, call(ELSEWHERE, "SCANNER"));
  }

  @Test
  void aPlaceThatIsGivenBackIsFree() throws Exception {
    start(new ReservedAssociations(Set.of(), 0, 1));
    assertEquals(RawCaller.ACCEPTED, call(FLOOD, "FIRST"));
    assertEquals(TOO_MANY, call(FLOOD, "SECOND"));
    callers.get(0).close();
    org.awaitility.Awaitility.await().until(() -> call(FLOOD, "SECOND").equals(RawCaller.ACCEPTED));
  }

  @Test
  void theAuditNamesTheFirstRefusalsAndCountsTheRest() throws Exception {
    start(new ReservedAssociations(Set.of(), 0, 1));
    for (int i = 0; i < 100; i++) {
      call(FLOOD, "FLOOD" + i);
    }
    node.close();
    assertEquals(RefusalRecord.SINGLY + 1, events.size());
    DicomEvent.Refused last = (DicomEvent.Refused) events.get(RefusalRecord.SINGLY);
    assertEquals(FLOOD, last.caller().address());
    assertEquals(
        99
            - RefusalRecord.SINGLY
            + " times more: association rejected: result 2, source 3,"
            + " reason 2",
        last.reason());
  }

  @Test
  void silentConnectionsKeepNobodyOut() throws Exception {
    start(ReservedAssociations.NONE);
    for (int host = 10; host < 15; host++) {
      for (int i = 0; i < 80; i++) {
        callers.add(new RawCaller("127.0.0." + host, node.port()));
      }
    }
    assertEquals(RawCaller.ACCEPTED, call(ELSEWHERE, "SCANNER"));
    assertEquals(RawCaller.ACCEPTED, call("127.0.0.10", "SCANNER"));
    assertTrue(events.size() <= 5 * RefusalRecord.SINGLY, () -> events.size() + " events");
  }

  private void start(ReservedAssociations reserved) throws Exception {
    node.with("openAssociations", new OpenAssociations(reserved));
    node.with("services", new ConsumerServices(null, null, null, events::add));
    node.start(folder);
  }

  private String call(String address, String title) throws IOException {
    RawCaller caller = new RawCaller(address, node.port());
    callers.add(caller);
    return caller.associate(title, "NODE");
  }
}
