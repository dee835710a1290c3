package org.qsmnode.route;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes audit messages in the XML of PS3.15 A.5.1, on one line. */
final class AuditXml {

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();
  private static final String APPLICATION_SERVER = "4";
  private static final String MACHINE_NAME = "1";
  private static final String IP_ADDRESS = "2";

  private final XMLStreamWriter out;

  private AuditXml(XMLStreamWriter out) {
    this.out = out;
  }

  /**
   * The text of a message.
   *
   * @param sourceId what reports it
   * @param at when it happened
   */
  static String of(AuditMessage message, String sourceId, Instant at) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(text);
      new AuditXml(out).write(message, sourceId, at);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private void write(AuditMessage message, String sourceId, Instant at) throws XMLStreamException {
    out.writeStartElement("AuditMessage");
    event(message, at);
    for (AuditMessage.Participant participant : message.participants()) {
      participant(participant);
    }
    out.writeStartElement("AuditSourceIdentification");
    attribute("AuditSourceID", sourceId);
    out.writeEmptyElement("AuditSourceTypeCode");
    attribute("csd-code", APPLICATION_SERVER);
    out.writeEndElement();
    for (AuditMessage.Subject subject : message.subjects()) {
      subject(subject);
    }
    out.writeEndElement();
  }

  private void event(AuditMessage message, Instant at) throws XMLStreamException {
    out.writeStartElement("EventIdentification");
    attribute("EventActionCode", String.valueOf(message.action()));
    attribute("EventDateTime", at.truncatedTo(ChronoUnit.MILLIS).toString());
    attribute("EventOutcomeIndicator", message.success() ? "0" : "4");
    code("EventID", message.event());
    if (message.type().isPresent()) {
      code("EventTypeCode", message.type().get());
    }
    out.writeEndElement();
  }

  private void participant(AuditMessage.Participant participant) throws XMLStreamException {
    AuditMessage.Party party = participant.party();
    out.writeStartElement("ActiveParticipant");
    attribute("UserID", party.userId());
    if (!party.aeTitle().isEmpty()) {
      attribute("AlternativeUserID", "AETITLES=" + party.aeTitle());
    }
    attribute("UserIsRequestor", Boolean.toString(participant.requestor()));
    if (!party.host().isEmpty()) {
      attribute("NetworkAccessPointID", party.host());
      attribute("NetworkAccessPointTypeCode", isAddress(party.host()) ? IP_ADDRESS : MACHINE_NAME);
    }
    if (participant.role().isPresent()) {
      code("RoleIDCode", participant.role().get());
      if (participant.role().get() == AuditCode.DESTINATION_MEDIA) {
        out.writeStartElement("MediaIdentifier");
        code("MediaType", AuditCode.URI);
        out.writeEndElement();
      }
    }
    out.writeEndElement();
  }

  private static boolean isAddress(String host) {
    return host.matches("[0-9.]+|[0-9A-Fa-f:.%]*:[0-9A-Za-z:.%]*");
  }

  private void subject(AuditMessage.Subject subject) throws XMLStreamException {
    boolean patient = subject.idType() == AuditCode.PATIENT_NUMBER;
    out.writeStartElement("ParticipantObjectIdentification");
    attribute("ParticipantObjectID", subject.id());
    attribute("ParticipantObjectTypeCode", patient ? "1" : "2");
    attribute("ParticipantObjectTypeCodeRole", role(subject.idType()));
    code("ParticipantObjectIDTypeCode", subject.idType());
    if (subject.query().isEmpty()) {
      out.writeStartElement("ParticipantObjectName");
      out.writeCharacters(subject.id());
    } else {
      out.writeStartElement("ParticipantObjectQuery");
      out.writeCharacters(subject.query().get());
    }
    out.writeEndElement();
    for (Map.Entry<String, String> detail : subject.details().entrySet()) {
      out.writeEmptyElement("ParticipantObjectDetail");
      attribute("type", detail.getKey());
      byte[] value = detail.getValue().getBytes(StandardCharsets.UTF_8);
      attribute("value", Base64.getEncoder().encodeToString(value));
    }
    if (!subject.instances().isEmpty()) {
      out.writeStartElement("ParticipantObjectDescription");
      for (Map.Entry<String, Integer> sopClass : subject.instances().entrySet()) {
        out.writeEmptyElement("SOPClass");
        attribute("UID", sopClass.getKey());
        attribute("NumberOfInstances", sopClass.getValue().toString());
      }
      out.writeEndElement();
    }
    out.writeEndElement();
  }

  /** Patient, report, or security resource. */
  private static String role(AuditCode idType) {
    return switch (idType) {
      case PATIENT_NUMBER -> "1";
      case NODE_ID -> "13";
      default -> "3";
    };
  }

  private void code(String element, AuditCode code) throws XMLStreamException {
    out.writeEmptyElement(element);
    attribute("csd-code", code.value());
    attribute("codeSystemName", code.scheme());
    attribute("originalText", code.meaning());
  }

  /** What XML 1.0 cannot hold, for example in an AE title, becomes a question mark. */
  private void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, value.replaceAll("[^\\x20-\\uD7FF\\uE000-\\uFFFD]", "?"));
  }
}
