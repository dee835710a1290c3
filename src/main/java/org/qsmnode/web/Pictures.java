package org.qsmnode.web;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;

/**
 * Answers with pictures: frames as they are (PS3.18 10.4.1.1.3), and thumbnails (10.4.1.1.4), the
 * middle frame of the middle object, no larger than 128 pixels.
 */
final class Pictures {

  private static final String PNG = "image/png";
  private static final String JPEG = "image/jpeg";
  private static final int THUMBNAIL = 128;

  private final Retrieve retrieve;

  Pictures(Retrieve retrieve) {
    this.retrieve = retrieve;
  }

  /** The first frame, or the one that the path names. */
  Reply rendered(WebRequest request) throws IOException {
    return reply(frame(request), request);
  }

  /** The frame that the path names, small. */
  Reply frameThumbnail(WebRequest request) throws IOException {
    return reply(small(frame(request)), request);
  }

  private BufferedImage frame(WebRequest request) throws IOException {
    return RenderedFrame.draw(retrieve.pixels(request), Retrieve.numbers(request).get(0));
  }

  /** A picture that stands for a study, series or object. */
  Reply thumbnail(QueryLevel level, WebRequest request) throws IOException {
    List<RetrievableInstance> found = retrieve.found(level, request);
    PixelFrames pixels = PixelFrames.read(found.get(found.size() / 2).file());
    return reply(small(RenderedFrame.draw(pixels, pixels.count() / 2 + 1)), request);
  }

  private static BufferedImage small(BufferedImage picture) {
    double factor =
        Math.min(1, (double) THUMBNAIL / Math.max(picture.getWidth(), picture.getHeight()));
    int width = Math.max(1, (int) Math.round(factor * picture.getWidth()));
    int height = Math.max(1, (int) Math.round(factor * picture.getHeight()));
    BufferedImage small = new BufferedImage(width, height, picture.getType());
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }

  private static Reply reply(BufferedImage picture, WebRequest request) throws IOException {
    for (MediaRange range : request.accepted()) {
      for (String type : List.of(PNG, JPEG)) {
        if (range.takes(type)) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          ImageIO.write(picture, type.substring("image/".length()), bytes);
          return Reply.ok(type, bytes.toByteArray());
        }
      }
    }
    throw Retrieve.notAcceptable(PNG + " or " + JPEG);
  }
}
