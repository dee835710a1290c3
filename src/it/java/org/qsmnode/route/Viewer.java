package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * Asks as viewers in a browser do that get images by DICOMweb (OHIF's data source is the model):
 * the study list, the series of a study, a thumbnail and the metadata of each, then every frame.
 */
final class Viewer {

  static final String ORIGIN = "http://viewer.example.org";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FRAME =
      "multipart/related; type=application/octet-stream; transfer-syntax=*";
  private static final String FRAME_OR_COMPRESSED =
      "multipart/related; type=\"image/jls\"; transfer-syntax=1.2.840.10008.1.2.4.80,"
          + " multipart/related; type=\"application/octet-stream\"; q=0.1";

  private final String base;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A viewer of the service at {@code base}, which ends with a slash. */
  Viewer(String base) {
    this.base = base;
  }

  /** Opens a study of one classic series of {@code slices} objects and one Parametric Map. */
  void opensEverythingOf(String study, int slices) throws Exception {
    JsonNode listed =
        json(
            "studies?limit=101&offset=0&fuzzymatching=false&includefield=00081030%2C00080060"
                + "&ModalitiesInStudy=MR");
    assertEquals(1, listed.size());
    assertEquals(study, value(listed.get(0), "0020000D").asText());
    assertEquals("MR", value(listed.get(0), "00080061").asText());
    JsonNode series =
        json("studies/" + study + "/series?includefield=0008103E%2C00080021%2C0020000E");
    assertEquals(2, series.size());
    int classic = 0;
    for (JsonNode one : series) {
      String path = "studies/" + study + "/series/" + value(one, "0020000E").asText();
      int instances = value(one, "00201209").asInt();
      assertEquals(instances, json(path + "/instances?includefield=00280008").size());
      classic += instances == slices ? 1 : 0;
      picture(path + "/thumbnail?accept=image/jpeg", "image/jpeg");
      opensSeries(path, instances);
    }
    assertEquals(1, classic);
  }

  private void opensSeries(String path, int instances) throws Exception {
    JsonNode metadata = json(path + "/metadata");
    assertEquals(instances, metadata.size());
    for (JsonNode one : metadata) {
      String instance = path + "/instances/" + value(one, "00080018").asText();
      int rows = value(one, "00280010").asInt();
      int columns = value(one, "00280011").asInt();
      int allocated = value(one, "00280100").asInt();
      int frames = Math.max(1, value(one, "00280008").asInt());
      assertTrue(rows > 0 && columns > 0 && allocated >= 16);
      int frameBytes = rows * columns * allocated / 8;
      byte[] whole = new byte[frames * frameBytes];
      for (int frame = 1; frame <= frames; frame++) {
        byte[] pixels =
            part(get(instance + "/frames/" + frame, frame % 2 == 0 ? FRAME : FRAME_OR_COMPRESSED));
        assertEquals(frameBytes, pixels.length);
        System.arraycopy(pixels, 0, whole, (frame - 1) * frameBytes, frameBytes);
      }
      String bulk =
          one.path(allocated == 32 ? "7FE00008" : "7FE00010").path("BulkDataURI").asText();
      assertTrue(bulk.startsWith(base), bulk);
      byte[] all = part(get(bulk.substring(base.length()), FRAME));
      assertTrue(Arrays.equals(whole, all), "bulk data are the frames one after the other");
    }
    String first = path + "/instances/" + value(metadata.get(0), "00080018").asText();
    picture(first + "/rendered?accept=image/jpeg", "image/jpeg");
    picture(first + "/frames/1/rendered", "image/png");
    picture(first + "/thumbnail", "image/png");
  }

  private void picture(String path, String type) throws Exception {
    HttpResponse<byte[]> response = get(path, "*/*");
    assertEquals(type, response.headers().firstValue("Content-Type").orElse(""));
    assertNotNull(ImageIO.read(new ByteArrayInputStream(response.body())), path);
  }

  private JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path, "application/dicom+json").body());
  }

  private HttpResponse<byte[]> get(String path, String accept) throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", accept)
                .header("Origin", ORIGIN)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode(), path);
    assertEquals(
        ORIGIN, response.headers().firstValue("Access-Control-Allow-Origin").orElse(""), path);
    return response;
  }

  /** The one part of a multipart body, found by its boundary as scripts in browsers do. */
  private static byte[] part(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("multipart/related"), type);
    String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
    String body = new String(response.body(), StandardCharsets.ISO_8859_1);
    int start = body.indexOf("\r\n\r\n") + 4;
    int end = body.lastIndexOf("\r\n--" + boundary + "--");
    assertTrue(body.startsWith("--" + boundary) && start > 3 && end >= start);
    return Arrays.copyOfRange(response.body(), start, end);
  }

  private static JsonNode value(JsonNode dataSet, String tag) {
    return dataSet.path(tag).path("Value").path(0);
  }
}
