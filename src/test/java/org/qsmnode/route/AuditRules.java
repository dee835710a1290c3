package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The rules of PS3.15 A.5.1 and A.5.3 for the messages that this node writes. */
final class AuditRules {

  /** Event to its meaning, allowed action codes, and the roles of its participants in order. */
  private static final Map<String, Rule> EVENTS = new HashMap<>();

  private record Rule(String meaning, String actions, List<String> roles, boolean aboutStudy) {}

  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("110120", "Application Start"),
          Map.entry("110121", "Application Stop"),
          Map.entry("110126", "Node Authentication"),
          Map.entry("110037", "URI"),
          Map.entry("110150", "Application"),
          Map.entry("110152", "Destination Role ID"),
          Map.entry("110153", "Source Role ID"),
          Map.entry("110154", "Destination Media"),
          Map.entry("110180", "Study Instance UID"),
          Map.entry("110181", "SOP Class UID"),
          Map.entry("110182", "Node ID"));

  static {
    EVENTS.put("110100", new Rule("Application Activity", "E", List.of("110150"), false));
    List<String> transfer = List.of("110153", "110152");
    EVENTS.put("110102", new Rule("Begin Transferring DICOM Instances", "E", transfer, true));
    EVENTS.put("110103", new Rule("DICOM Instances Accessed", "CRUD", List.of(""), true));
    EVENTS.put("110104", new Rule("DICOM Instances Transferred", "CRU", transfer, true));
    EVENTS.put("110105", new Rule("DICOM Study Deleted", "D", List.of(""), true));
    EVENTS.put("110106", new Rule("Export", "R", List.of("110153", "110154"), true));
    EVENTS.put("110112", new Rule("Query", "E", transfer, false));
    EVENTS.put("110113", new Rule("Security Alert", "E", List.of("", ""), false));
  }

  private AuditRules() {}

  /** Checks one message and gives its event code. */
  static String check(String xml) throws Exception {
    assertEquals(-1, xml.indexOf('\n'), "one line");
    Element message =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement();
    assertEquals("AuditMessage", message.getTagName());
    assertTrue(
        String.join(" ", names(message))
            .matches(
                "EventIdentification( ActiveParticipant)+ AuditSourceIdentification"
                    + "( ParticipantObjectIdentification)*"),
        xml);
    String event = event(children(message, "EventIdentification").get(0));
    Rule rule = Objects.requireNonNull(EVENTS.get(event));
    List<Element> participants = children(message, "ActiveParticipant");
    List<String> roles = new ArrayList<>();
    for (Element participant : participants) {
      roles.add(participant(participant));
    }
    assertEquals(rule.roles(), roles.subList(0, rule.roles().size()), xml);
    assertTrue(
        event.equals("110100")
            || participants.stream()
                .anyMatch(p -> p.getAttribute("UserIsRequestor").equals("true")),
        "somebody asked for it: " + xml);
    Element source = children(message, "AuditSourceIdentification").get(0);
    attributes(source, Set.of("AuditSourceID"), Set.of());
    assertEquals(List.of("AuditSourceTypeCode"), names(source));
    assertEquals("4", children(source, "AuditSourceTypeCode").get(0).getAttribute("csd-code"));
    boolean study = false;
    for (Element subject : children(message, "ParticipantObjectIdentification")) {
      study |= subject(subject).equals("110180");
    }
    assertEquals(rule.aboutStudy(), study, xml);
    return event;
  }

  private static String event(Element event) {
    attributes(
        event, Set.of("EventActionCode", "EventDateTime", "EventOutcomeIndicator"), Set.of());
    Instant.parse(event.getAttribute("EventDateTime"));
    assertTrue(event.getAttribute("EventOutcomeIndicator").matches("0|4|8|12"));
    assertTrue(String.join(" ", names(event)).matches("EventID( EventTypeCode)?"));
    Element id = children(event, "EventID").get(0);
    attributes(id, Set.of("csd-code", "codeSystemName", "originalText"), Set.of("displayName"));
    Rule rule =
        Objects.requireNonNull(
            EVENTS.get(id.getAttribute("csd-code")),
            () -> "not an event: " + id.getAttribute("csd-code"));
    assertEquals("DCM", id.getAttribute("codeSystemName"));
    assertEquals(rule.meaning(), id.getAttribute("originalText"));
    assertTrue(rule.actions().contains(event.getAttribute("EventActionCode")));
    List<Element> types = children(event, "EventTypeCode");
    types.forEach(AuditRules::code);
    boolean needsType = Set.of("110100", "110113").contains(id.getAttribute("csd-code"));
    assertEquals(needsType ? 1 : 0, types.size());
    return id.getAttribute("csd-code");
  }

  /** Gives the role, empty for none. */
  private static String participant(Element participant) {
    attributes(
        participant,
        Set.of("UserID", "UserIsRequestor"),
        Set.of(
            "AlternativeUserID", "UserName", "NetworkAccessPointID", "NetworkAccessPointTypeCode"));
    assertTrue(!participant.getAttribute("UserID").isBlank());
    assertTrue(participant.getAttribute("UserIsRequestor").matches("true|false"));
    assertEquals(
        participant.hasAttribute("NetworkAccessPointID"),
        participant.hasAttribute("NetworkAccessPointTypeCode"));
    if (participant.hasAttribute("NetworkAccessPointTypeCode")) {
      boolean address = participant.getAttribute("NetworkAccessPointID").matches("[0-9.]+|.*:.*");
      assertEquals(address ? "2" : "1", participant.getAttribute("NetworkAccessPointTypeCode"));
    }
    if (participant.hasAttribute("AlternativeUserID")) {
      assertTrue(participant.getAttribute("AlternativeUserID").startsWith("AETITLES="));
    }
    assertTrue(String.join(" ", names(participant)).matches("(RoleIDCode( MediaIdentifier)?)?"));
    for (Element media : children(participant, "MediaIdentifier")) {
      assertEquals(List.of("MediaType"), names(media));
      assertEquals("110037", code(children(media, "MediaType").get(0)));
    }
    List<Element> roles = children(participant, "RoleIDCode");
    return roles.isEmpty() ? "" : code(roles.get(0));
  }

  /** Gives the type of the identifier. */
  private static String subject(Element subject) {
    attributes(
        subject,
        Set.of("ParticipantObjectID", "ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole"),
        Set.of());
    String names = String.join(" ", names(subject));
    assertTrue(
        names.matches(
            "ParticipantObjectIDTypeCode (ParticipantObjectName|ParticipantObjectQuery)"
                + "( ParticipantObjectDetail)*( ParticipantObjectDescription)*"),
        names);
    Element type = children(subject, "ParticipantObjectIDTypeCode").get(0);
    boolean patient = type.getAttribute("codeSystemName").equals("RFC-3881");
    String id = patient ? "patient" : code(type);
    assertEquals(patient ? "1" : "2", subject.getAttribute("ParticipantObjectTypeCode"));
    assertEquals(
        patient ? "1" : id.equals("110182") ? "13" : "3",
        subject.getAttribute("ParticipantObjectTypeCodeRole"));
    if (patient) {
      assertEquals("2", type.getAttribute("csd-code"));
      assertEquals("Patient Number", type.getAttribute("originalText"));
    }
    if (id.equals("110180") || id.equals("110181")) {
      assertTrue(subject.getAttribute("ParticipantObjectID").matches("[0-9.]{1,64}"));
    }
    assertEquals(id.equals("110181"), names.contains("ParticipantObjectQuery"));
    for (Element query : children(subject, "ParticipantObjectQuery")) {
      Base64.getDecoder().decode(query.getTextContent());
    }
    for (Element detail : children(subject, "ParticipantObjectDetail")) {
      attributes(detail, Set.of("type", "value"), Set.of());
      Base64.getDecoder().decode(detail.getAttribute("value"));
    }
    for (Element description : children(subject, "ParticipantObjectDescription")) {
      for (Element sopClass : children(description, "SOPClass")) {
        attributes(sopClass, Set.of("NumberOfInstances"), Set.of("UID"));
        assertTrue(Integer.parseInt(sopClass.getAttribute("NumberOfInstances")) > 0);
      }
    }
    return id;
  }

  private static String code(Element code) {
    attributes(code, Set.of("csd-code", "codeSystemName", "originalText"), Set.of("displayName"));
    assertEquals("DCM", code.getAttribute("codeSystemName"));
    assertEquals(MEANINGS.get(code.getAttribute("csd-code")), code.getAttribute("originalText"));
    return code.getAttribute("csd-code");
  }

  private static void attributes(Element element, Set<String> required, Set<String> optional) {
    for (String name : required) {
      assertTrue(element.hasAttribute(name), element.getTagName() + " lacks " + name);
    }
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      String name = element.getAttributes().item(i).getNodeName();
      assertTrue(required.contains(name) || optional.contains(name), name);
    }
  }

  static List<Element> children(Element parent, String name) {
    return elements(parent).stream().filter(child -> child.getTagName().equals(name)).toList();
  }

  private static List<String> names(Element parent) {
    return elements(parent).stream().map(Element::getTagName).toList();
  }

  private static List<Element> elements(Element parent) {
    return IntStream.range(0, parent.getChildNodes().getLength())
        .mapToObj(parent.getChildNodes()::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  /** The event codes of messages, each checked. */
  static List<String> checkAll(String lines) throws Exception {
    List<String> codes = new ArrayList<>();
    for (String line : Arrays.stream(lines.split("\n", -1)).filter(l -> !l.isEmpty()).toList()) {
      codes.add(check(line));
    }
    return codes;
  }
}
