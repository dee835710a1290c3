package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.QueryOption;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.AAssociateRQAC;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.derive.DerivedKind;

/** The conformance statement says what a consumer negotiates: every UID is proposed to one. */
@Timeout(60)
class ConformanceTest {

  private static final Path STATEMENT = Path.of("src", "docs", "conformance.md");
  private static final int MOST_CONTEXTS = 128;
  private static final String LITTLE_ENDIAN = "Explicit and Implicit VR Little Endian";
  private static final String ALL_SYNTAXES = "All of the table above";

  @TempDir Path folder;
  private final TestNode node = new TestNode();

  /** What is agreed upon for one SOP class. */
  private record Offer(Set<String> roles, Set<String> syntaxes, Set<QueryOption> options) {

    Offer() {
      this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void whatIsNegotiatedIsWhatTheTablesSay() throws Exception {
    start(new CommitmentProvider(instance -> 0, Map.of()));
    assertEquals(stated(), offered());
  }

  @Test
  void commitmentIsProvidedOnlyWhereItIsAskedFor() throws Exception {
    start(null);
    Map<String, Offer> stated = stated();
    Objects.requireNonNull(stated.get(UID.StorageCommitmentPushModel)).roles().remove("SCP");
    assertEquals(stated, offered());
  }

  @Test
  void bothSidesNameTheImplementationThatIsStated() throws Exception {
    start(null);
    Requestor opening = new Requestor(node.options(), node.executor, node.timers);
    AAssociateRQ request = opening.request(UID.Verification);
    Association association = opening.open(request);
    association.release();
    for (AAssociateRQAC side : List.of(request, association.getAAssociateAC())) {
      assertTrue(
          Files.readString(STATEMENT)
              .contains("%s, `%s`".formatted(side.getImplClassUID(), side.getImplVersionName())));
    }
  }

  private void start(@org.jspecify.annotations.Nullable CommitmentProvider provider)
      throws Exception {
    FolderObjects none = new FolderObjects(Files.createDirectory(folder.resolve("none")));
    node.with(
            "services",
            new ConsumerServices(
                new QueryRetrieve(none, Map.of(), DerivedKind.sopClassUids()),
                (peer, result) -> {},
                provider,
                event -> {}))
        .start(Files.createDirectory(folder.resolve("spool")));
  }

  private static Map<String, Offer> stated() throws IOException {
    Map<String, Offer> stated = new TreeMap<>();
    for (List<String> row : rows("### SOP classes")) {
      Offer offer = new Offer();
      offer.roles().add("SCP");
      rows("### Transfer syntaxes").forEach(syntax -> offer.syntaxes().add(syntax.get(0)));
      stated.put(row.get(0), offer);
    }
    for (List<String> row : rows("## Services on associations that others open")) {
      Offer offer = stated.computeIfAbsent(row.get(0), uid -> new Offer());
      offer.roles().addAll(List.of(row.get(1).split(", ", -1)));
      if (row.get(2).equals(ALL_SYNTAXES)) {
        rows("### Transfer syntaxes").forEach(syntax -> offer.syntaxes().add(syntax.get(0)));
      } else {
        assertEquals(LITTLE_ENDIAN, row.get(2));
        offer.syntaxes().addAll(List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian));
      }
      if (row.get(3).equals("relational")) {
        offer.options().add(QueryOption.RELATIONAL);
      }
    }
    return stated;
  }

  private static List<List<String>> rows(String heading) throws IOException {
    String text = Files.readString(STATEMENT);
    String section = text.substring(text.indexOf(heading + "\n") + heading.length());
    List<List<String>> rows = new ArrayList<>();
    for (String line : section.substring(0, section.indexOf("\n##")).split("\n", -1)) {
      if (Pattern.matches("\\| [0-9.]+ \\|.*", line)) {
        rows.add(
            Pattern.compile(" \\| ").splitAsStream(line.substring(2, line.length() - 2)).toList());
      }
    }
    assertTrue(rows.size() > 1, heading);
    return rows;
  }

  /** Proposes each class in each role, first with the syntaxes of all, then with each syntax. */
  private Map<String, Offer> offered() throws Exception {
    Map<String, Offer> offered = new TreeMap<>();
    List<List<String>> pairs = new ArrayList<>();
    for (String uid : uids()) {
      pairs.add(List.of(uid, UID.ExplicitVRLittleEndian));
    }
    negotiate(pairs, offered);
    List<List<String>> more = new ArrayList<>();
    for (String sopClass : offered.keySet()) {
      for (String uid : uids()) {
        if (uid.startsWith("1.2.840.10008.1.2") && !uid.equals(UID.ExplicitVRLittleEndian)) {
          more.add(List.of(sopClass, uid));
        }
      }
    }
    negotiate(more, offered);
    return offered;
  }

  private static Set<String> uids() throws IllegalAccessException {
    Set<String> uids = new TreeSet<>(StorageClasses.all());
    uids.add("1.2.3.4.5");
    for (Field field : UID.class.getFields()) {
      if (field.getType() == String.class) {
        uids.add(String.valueOf(field.get(null)));
      }
    }
    assertTrue(uids.size() > 100, "UIDs of the standard");
    return uids;
  }

  private void negotiate(List<List<String>> pairs, Map<String, Offer> offered) throws Exception {
    Requestor opening = new Requestor(node.options(), node.executor, node.timers);
    for (int from = 0; from < pairs.size(); from += MOST_CONTEXTS) {
      List<List<String>> some = pairs.subList(from, Math.min(pairs.size(), from + MOST_CONTEXTS));
      AAssociateRQ request = opening.request();
      int id = 1;
      for (List<String> pair : some) {
        request.addPresentationContext(new PresentationContext(id, pair.get(0), pair.get(1)));
        id += 2;
      }
      for (String sopClass : Set.copyOf(some.stream().map(pair -> pair.get(0)).toList())) {
        request.addRoleSelection(new RoleSelection(sopClass, true, true));
        request.addExtendedNegotiation(
            new ExtendedNegotiation(sopClass, new byte[] {1, 1, 1, 1, 1}));
      }
      Association association = opening.open(request);
      for (PresentationContext context : association.getAAssociateAC().getPresentationContexts()) {
        if (context.isAccepted()) {
          String sopClass = some.get(context.getPCID() / 2).get(0);
          add(association, sopClass, context.getTransferSyntax(), offered);
        }
      }
      association.release();
    }
  }

  private static void add(
      Association association, String sopClass, String syntax, Map<String, Offer> offered) {
    Offer offer = offered.computeIfAbsent(sopClass, uid -> new Offer());
    if (association.isSCUFor(sopClass)) {
      offer.roles().add("SCP");
    }
    if (association.isSCPFor(sopClass)) {
      offer.roles().add("SCU");
    }
    offer.syntaxes().add(syntax);
    offer.options().addAll(association.getQueryOptionsFor(sopClass));
  }
}
