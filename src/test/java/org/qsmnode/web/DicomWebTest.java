package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.FolderObjects;
import org.qsmnode.camel.MrImage;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** Over a real socket, with the objects of a folder: one study, two series, three images. */
class DicomWebTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OCTETS = "application/octet-stream";
  private static final String STUDY = "/studies/1.2.3";
  private static final String SERIES = STUDY + "/series/1.2.3.1";
  private static final String INSTANCE = SERIES + "/instances/1.2.3.1.1";

  @TempDir static Path folder;
  private static final List<byte[]> RECEIVED = new ArrayList<>();
  private static TestWeb web;
  private static String base = "";

  @BeforeAll
  static void start() throws Exception {
    write("1.2.3.1", 1);
    write("1.2.3.1", 2);
    write("1.2.3.2", 1);
    web = new TestWeb(objects(), DicomWebTest::take, "https://viewer.test");
    base = web.base;
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @Test
  void aStudyIsFoundByWhatItIs() throws Exception {
    JsonNode found = json(get("/studies?PatientName=sentinel*&00100020=&limit=5", ""));
    assertEquals(1, found.size());
    assertEquals("1.2.3", value(found.get(0), "0020000D").asText());
    assertEquals("Sentinel^Patient", value(found.get(0), "00100010").path("Alphabetic").asText());
    assertEquals(base + STUDY, value(found.get(0), "00081190").asText());
    assertEquals(204, get("/studies?PatientName=other", "").statusCode());
  }

  @Test
  void seriesAndInstancesAreFoundBelowAndAcross() throws Exception {
    assertEquals(2, json(get(STUDY + "/series", "")).size());
    assertEquals(2, json(get("/series?Modality=MR", "")).size());
    assertEquals(3, json(get("/instances", "application/json")).size());
    JsonNode second = json(get("/instances?limit=1&offset=1", ""));
    assertEquals("1.2.3.1.2", value(second.get(0), "00080018").asText());
    JsonNode listed = json(get("/instances?SOPInstanceUID=1.2.3.1.1,1.2.3.2.1", ""));
    assertEquals(2, listed.size());
  }

  @Test
  void badQuestionsAreRefusedWithASentence() throws Exception {
    assertEquals(400, get("/studies?limit=many", "").statusCode());
    assertEquals(400, get("/studies/1.2.x/metadata", "").statusCode());
    assertEquals(404, get("/studies/9.9/metadata", "").statusCode());
    assertEquals(
        406, get("/studies", "multipart/related; type=\"application/dicom+xml\"").statusCode());
    HttpResponse<byte[]> refused =
        get(
            INSTANCE,
            "multipart/related; type=\"application/dicom\";"
                + " transfer-syntax=1.2.840.10008.1.2.4.70");
    assertEquals(406, refused.statusCode());
    assertTrue(text(refused).contains("application/dicom"));
  }

  @Test
  void aFailureOfTheNodeIsNotExplainedToOthers() throws Exception {
    HttpResponse<byte[]> answer = get("/studies/6.6.6", "");
    assertEquals(500, answer.statusCode());
    assertFalse(text(answer).contains("Sentinel"), text(answer));
    assertTrue(text(answer).contains("log"), text(answer));
  }

  @Test
  void objectsComeAsTheyAre() throws Exception {
    HttpResponse<byte[]> series = get(SERIES, "multipart/related; type=\"application/dicom\"");
    List<byte[]> parts = parts(series);
    assertEquals(2, parts.size());
    assertArrayEquals(Files.readAllBytes(folder.resolve("1.2.3.1.1.dcm")), parts.get(0));
    assertArrayEquals(Files.readAllBytes(folder.resolve("1.2.3.1.2.dcm")), parts.get(1));
    assertEquals(3, parts(get(STUDY, "")).size());
    HttpResponse<byte[]> single = get(INSTANCE, "application/dicom");
    assertEquals("application/dicom", type(single));
    assertArrayEquals(parts.get(0), single.body());
  }

  @Test
  void anObjectWhoseFileWasCutShortIsNotSent() throws Exception {
    Path file = folder.resolve("1.2.3.1.1.dcm");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 8));
    try {
      for (String path : List.of(INSTANCE, SERIES, INSTANCE + "/frames/1")) {
        HttpResponse<byte[]> refused = get(path, "*/*");
        assertEquals(404, refused.statusCode(), path);
        assertTrue(text(refused).contains("not what was written"), text(refused));
      }
    } finally {
      Files.write(file, whole);
    }
  }

  @Test
  void metadataHasEverythingButPixelsAndSaysWhereTheyAre() throws Exception {
    JsonNode all = json(get(SERIES + "/metadata", "application/dicom+json"));
    assertEquals(2, all.size());
    JsonNode pixels = all.get(0).path("7FE00010");
    assertFalse(pixels.has("InlineBinary"));
    String url = pixels.path("BulkDataURI").asText();
    assertEquals(base + INSTANCE + "/bulkdata/7FE00010", url);
    assertArrayEquals(pixels(1), get(INSTANCE + "/bulkdata/7FE00010", OCTETS).body());
    assertArrayEquals(
        pixels(1),
        parts(get(INSTANCE + "/bulkdata/7FE00010", "multipart/related; type=\"" + OCTETS + "\""))
            .get(0));
    assertEquals(404, get(INSTANCE + "/bulkdata/7FE00008", "").statusCode());
    assertEquals(4, value(all.get(0), "00280010").asInt());
    assertEquals(
        "https://viewer.test",
        web.send(HttpRequest.newBuilder(URI.create(url)))
            .headers()
            .firstValue("Access-Control-Allow-Origin")
            .orElse(""));
  }

  @Test
  void aFrameIsTheStoredPixels() throws Exception {
    byte[] frame = get(INSTANCE + "/frames/1", "application/octet-stream").body();
    assertArrayEquals(pixels(1), frame);
    HttpResponse<byte[]> wrapped =
        get(
            INSTANCE + "/frames/1",
            "multipart/related; type=application/octet-stream; transfer-syntax=*");
    assertArrayEquals(frame, parts(wrapped).get(0));
    assertEquals(404, get(INSTANCE + "/frames/2", "").statusCode());
  }

  @Test
  void aPictureHasRescaleAndWindowOfTheObject() throws Exception {
    for (String path : List.of("/rendered", "/frames/1/rendered")) {
      HttpResponse<byte[]> answer = get(INSTANCE + path, "image/png");
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
      assertEquals(4, picture.getWidth());
      for (int i = 0; i < 16; i++) {
        double ppb = (i - 8) * 10;
        double wanted = 255 * Math.min(1, Math.max(0, (ppb + 0.5) / 100 + 0.5));
        int grey = picture.getRaster().getSample(i % 4, i / 4, 0);
        assertEquals(i == 3 ? 0 : wanted, grey, 0.51, "pixel " + i);
      }
    }
    assertEquals(406, get(INSTANCE + "/rendered", "image/gif").statusCode());
  }

  @Test
  void aThumbnailOfAStudySeriesOrObjectIsAPictureOfItsMiddle() throws Exception {
    for (String path : List.of(STUDY, SERIES, INSTANCE, INSTANCE + "/frames/1")) {
      HttpResponse<byte[]> answer = get(path + "/thumbnail?accept=image/jpeg", "*/*");
      assertEquals("image/jpeg", type(answer), path);
      assertEquals(4, ImageIO.read(new ByteArrayInputStream(answer.body())).getWidth());
    }
    byte[] middle = get("/studies/1.2.3/series/1.2.3.1/thumbnail", "image/png").body();
    assertArrayEquals(
        get("/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.2/rendered", "image/png").body(),
        middle);
  }

  @Test
  void storedObjectsArriveWholeAndEachHasItsAnswer() throws Exception {
    byte[] tricky = "A\r\n--bound\r\n--boun".getBytes(StandardCharsets.US_ASCII);
    RECEIVED.clear();
    HttpResponse<byte[]> both =
        post(body("good 1.2.3".getBytes(StandardCharsets.US_ASCII), tricky));
    assertEquals(202, both.statusCode());
    assertArrayEquals(tricky, RECEIVED.get(1));
    JsonNode answer = JSON.readTree(both.body());
    assertEquals("9.1", value(value(answer, "00081199"), "00081155").asText());
    assertEquals(0xC000, value(value(answer, "0008119A"), "00081197").asInt());
    assertEquals(200, post(body("good".getBytes(StandardCharsets.US_ASCII))).statusCode());
    assertEquals(409, post(body(tricky)).statusCode());
  }

  @Test
  void aPageOfTheAllowedOriginMayAskFirst() throws Exception {
    HttpResponse<byte[]> answer =
        web.send(
            HttpRequest.newBuilder(URI.create(base + SERIES + "/metadata"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    assertEquals(204, answer.statusCode());
    assertTrue(
        answer.headers().firstValue("Access-Control-Allow-Methods").orElse("").contains("POST"));
  }

  @Test
  void aLargeBodyComesThroughUnchanged() throws Exception {
    byte[] large = new byte[3 << 20];
    new Random(5).nextBytes(large);
    System.arraycopy("good".getBytes(StandardCharsets.US_ASCII), 0, large, 0, 4);
    RECEIVED.clear();
    assertEquals(200, post(body(large, large)).statusCode());
    assertArrayEquals(large, RECEIVED.get(0));
    assertArrayEquals(large, RECEIVED.get(1));
  }

  @Test
  void aBoundaryMayBeLongerThanTheRfcSays() throws Exception {
    String longer = "b".repeat(73);
    String body =
        new String(body("good".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII)
            .replace("--boundary", "--" + longer);
    assertEquals(
        200,
        post(
                "multipart/related; type=\"application/dicom\"; boundary=" + longer,
                body.getBytes(StandardCharsets.US_ASCII))
            .statusCode());
  }

  @Test
  void bodiesOfAnotherKindAreRefused() throws Exception {
    assertEquals(415, post("application/json", new byte[] {'{', '}'}).statusCode());
    assertEquals(
        400, post("multipart/related; type=\"application/dicom\"", body(new byte[1])).statusCode());
    byte[] whole = body("good".getBytes(StandardCharsets.US_ASCII));
    byte[] cut = Arrays.copyOf(whole, whole.length - 12);
    assertEquals(400, post(cut).statusCode());
    assertEquals(400, post(body()).statusCode());
  }

  /** The objects of the folder; asked for the study 6.6.6, the ledger behind them fails. */
  private static RetrievableObjects objects() throws IOException {
    RetrievableObjects inFolder = new FolderObjects(folder);
    return new RetrievableObjects() {
      @Override
      public List<Attributes> candidates(QueryLevel level, Attributes keys) throws IOException {
        return inFolder.candidates(level, keys);
      }

      @Override
      public List<RetrievableInstance> instances(QueryLevel level, Attributes keys)
          throws IOException {
        if ("6.6.6".equals(keys.getString(Tag.StudyInstanceUID))) {
          throw new IllegalStateException("Sentinel");
        }
        return inFolder.instances(level, keys);
      }
    };
  }

  private static StowOutcome take(InputStream part) throws IOException {
    byte[] bytes = part.readAllBytes();
    RECEIVED.add(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).startsWith("good")
        ? new StowOutcome(UID.MRImageStorage, "9.1", 0)
        : new StowOutcome("", "", StowOutcome.CANNOT_UNDERSTAND);
  }

  private static void write(String series, int number) throws IOException {
    String uid = series + "." + number;
    Attributes image = MrImage.of(uid);
    image.setString(Tag.SeriesInstanceUID, VR.UI, series);
    image.setInt(Tag.InstanceNumber, VR.IS, number);
    image.setInt(Tag.BitsStored, VR.US, 16);
    image.setInt(Tag.HighBit, VR.US, 15);
    image.setInt(Tag.PixelRepresentation, VR.US, 1);
    image.setInt(Tag.PixelPaddingValue, VR.SS, -5);
    image.setString(Tag.RescaleSlope, VR.DS, "10");
    image.setString(Tag.RescaleIntercept, VR.DS, "0");
    image.setString(Tag.WindowCenter, VR.DS, "0");
    image.setString(Tag.WindowWidth, VR.DS, "101");
    image.setBytes(Tag.PixelData, VR.OW, pixels(number));
    MrImage.write(image, UID.ExplicitVRLittleEndian, folder.resolve(uid + ".dcm"));
  }

  private static byte[] pixels(int number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 16; i++) {
      int value = number * (i - 8);
      bytes[2 * i] = (byte) value;
      bytes[2 * i + 1] = (byte) (value >> 8);
    }
    return bytes;
  }

  private static HttpResponse<byte[]> get(String path, String accept) throws Exception {
    return web.get(path, accept);
  }

  private static HttpResponse<byte[]> post(byte[] body) throws Exception {
    return post("multipart/related; type=\"application/dicom\"; boundary=boundary", body);
  }

  private static HttpResponse<byte[]> post(String type, byte[] body) throws Exception {
    return web.post(type, body);
  }

  private static byte[] body(byte[]... parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.write(
          "--boundary\r\nContent-Type: application/dicom\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      body.write(part);
      body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.write("--boundary--\r\n".getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static List<byte[]> parts(HttpResponse<byte[]> response) throws IOException {
    assertEquals(200, response.statusCode(), text(response));
    MediaRange type = MediaRange.parse(type(response));
    MultipartReader reader =
        new MultipartReader(
            new ByteArrayInputStream(response.body()),
            type.parameters().getOrDefault("boundary", ""));
    List<byte[]> parts = new ArrayList<>();
    while (reader.next()) {
      parts.add(reader.part().readAllBytes());
    }
    return parts;
  }

  private static String type(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    assertEquals(200, response.statusCode(), text(response));
    assertEquals("application/dicom+json", type(response));
    return JSON.readTree(response.body());
  }

  private static String text(HttpResponse<byte[]> response) {
    return TestWeb.text(response);
  }

  private static JsonNode value(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0);
  }
}
