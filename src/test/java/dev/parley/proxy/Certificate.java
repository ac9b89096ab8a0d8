package dev.parley.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback that is made for one test and that only the test's clients trust.
 *
 * @param chain the certificate as PEM
 * @param key its private key as PEM
 * @param both the two in one file, as HAProxy wants them
 * @param store both as PKCS #12, with {@value #PASSWORD}
 * @param clients trusts this certificate and no other
 */
public record Certificate(Path chain, Path key, Path both, Path store, SSLContext clients) {
    private static final String NAME = "parley";
    public static final String PASSWORD = "not-secret";

    /** @param folder where its files may be */
    public static Certificate make(Path folder) {
        Path store = folder.resolve("certificate.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String loopback = "san=ip:127.0.0.1,dns:localhost";
        ProxyProcess.run(List.of(
                keytool,
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                loopback,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Key key = keys.getKey(NAME, PASSWORD.toCharArray());
            String chainText = pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
            String keyText = pem("PRIVATE KEY", key.getEncoded());
            return new Certificate(
                    Files.writeString(folder.resolve("chain.pem"), chainText),
                    Files.writeString(folder.resolve("key.pem"), keyText),
                    Files.writeString(folder.resolve("both.pem"), chainText + keyText),
                    store,
                    trusting(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(NAME, keys.getCertificate(NAME));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
