package org.qsmnode.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.dcm4che3.data.UID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.FolderObjects;
import org.qsmnode.camel.MrImage;
import org.slf4j.LoggerFactory;

/** What clients of other makers send: it is answered as PS3.18 says, and never with a trace. */
class DicomWebClientsTest {

  private static final String RELATED =
      "multipart/related; type=\"application/dicom\"; boundary=boundary";
  private static final byte[] ONE_PART =
      "--boundary\r\nContent-Type: application/dicom\r\n\r\ngood\r\n--boundary--\r\n"
          .getBytes(US_ASCII);

  @TempDir static Path folder;
  private static TestWeb web;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    MrImage.write(
        MrImage.of("1.2.3.1.1"), UID.ExplicitVRLittleEndian, folder.resolve("1.2.3.1.1.dcm"));
    web = new TestWeb(new FolderObjects(folder), DicomWebClientsTest::take, "https://viewer.test");
  }

  private static StowOutcome take(InputStream part) throws IOException {
    part.readAllBytes();
    return new StowOutcome(UID.MRImageStorage, "9.1", 0);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @BeforeEach
  void listen() {
    logged.start();
    root().addAppender(logged);
  }

  @AfterEach
  void noTraceWasWritten() {
    root().detachAppender(logged);
    assertEquals(
        List.of(),
        logged.list.stream().filter(event -> event.getThrowableProxy() != null).toList());
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void parametersOfOthersAreIgnoredWithAWarning() throws Exception {
    HttpResponse<byte[]> answer =
        web.get("/studies?_=1&orderby=StudyDate&includefield=Nothing&x%22%0A=1&PatientID=", "");
    assertEquals(200, answer.statusCode(), TestWeb.text(answer));
    assertEquals(
        "299 qsm-node \"Not known and ignored: Nothing _ an unreadable name orderby.\"",
        warning(answer));
    assertTrue(
        answer
            .headers()
            .firstValue("Access-Control-Expose-Headers")
            .orElse("")
            .contains("Warning"));
    assertEquals("", warning(web.get("/studies?includefield=all&accept=application/json", "")));
  }

  @Test
  void matchingThatIsNotThereIsSaidInAWarning() throws Exception {
    HttpResponse<byte[]> fuzzy = web.get("/studies?fuzzymatching=true&PatientName=senti", "");
    assertEquals(204, fuzzy.statusCode());
    assertEquals(
        "299 qsm-node \"The fuzzymatching parameter is not supported. Only literal matching has"
            + " been performed.\"",
        warning(fuzzy));
    assertEquals("", warning(web.get("/studies?fuzzymatching=false", "")));
    for (String other : List.of("emptyvaluematching", "multiplevaluematching")) {
      HttpResponse<byte[]> answer = web.get("/studies?" + other + "=true", "");
      assertEquals(200, answer.statusCode());
      assertTrue(warning(answer).startsWith("299 qsm-node \"The " + other), warning(answer));
    }
  }

  @Test
  void valuesThatFitNoAttributeAreRefused() throws Exception {
    for (String bad :
        List.of(
            "StudyDate=abc",
            "StudyDate=20260101-abc",
            "StudyDate=2026*",
            "StudyTime=ab",
            "ReferencedStudySequence.StudyDate=-",
            "limit=-1",
            "limit=1.5",
            "offset=all",
            "Rows=four",
            "accept=nonsense")) {
      HttpResponse<byte[]> answer = web.get("/studies?" + bad, "");
      assertEquals(400, answer.statusCode(), bad);
      assertFalse(TestWeb.text(answer).contains("abc"), TestWeb.text(answer));
    }
  }

  @Test
  void aBodyThatIsNotMultipartRelatedIsAnUnsupportedMediaType() throws Exception {
    for (String type :
        List.of(
            "multipart/form-data; boundary=boundary",
            "multipart/mixed; boundary=boundary",
            "application/dicom",
            "application/x-www-form-urlencoded",
            "multipart/related; type=\"application/dicom+json\"; boundary=boundary",
            "nonsense",
            "")) {
      assertEquals(415, web.post(type, ONE_PART).statusCode(), type);
    }
  }

  @Test
  void anAnswerInJsonIsGivenUnderBothOfItsNames() throws Exception {
    for (String accept : List.of("application/dicom+json", "application/json", "*/*")) {
      HttpResponse<byte[]> answer = web.post(RELATED, ONE_PART, "Accept", accept);
      assertEquals(200, answer.statusCode(), accept);
      assertEquals(
          "application/dicom+json", answer.headers().firstValue("Content-Type").orElse(""));
    }
    assertEquals(406, web.post(RELATED, ONE_PART, "Accept", "application/dicom+xml").statusCode());
  }

  @Test
  void aClientThatLeavesAmidABodyIsNoFailureOfTheNode() throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), web.port)) {
      client
          .getOutputStream()
          .write(
              ("POST /dicom-web/studies HTTP/1.1\r\nHost: h\r\nContent-Type: "
                      + RELATED
                      + "\r\nContent-Length: 1000\r\n\r\n--boundary\r\n\r\nhalf")
                  .getBytes(US_ASCII));
      client.getOutputStream().flush();
      Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> client.isConnected());
    }
    assertEquals(200, web.post(RELATED, ONE_PART).statusCode());
  }

  private static String warning(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Warning").orElse("");
  }
}
