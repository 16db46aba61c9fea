// The running server holds its file alone (sqlite_store.hpp); whoever else wants to look, on this
// machine and as this user, asks it over a Unix socket: one JSON object a line, one answer a line.
//   {"do":"list","after":0}
//   {"ok":true,"entries":[{"position","id","kiosk","sha256","size","received_at"}]}
//   {"do":"fetch","id":"<uuid>"}     {"ok":true,"entry":{...},"sealed":"<base64>"}
//   {"do":"tell","outcomes":[{"id","outcome","class"}]}
//   {"ok":true,"told":[{"ok":true,"new":true}|{"ok":false,"error","detail"}]}, one each, in order
//   {"do":"audit_head"}              {"ok":true,"head":"<seq>:<hash>"|null}
//   {"do":"deposit","kiosk","id","sealed"}  {"ok":true,"receipt":"<JWS>","replay":bool}
//   anything that fails              {"ok":false,"error":"<errc name>","detail":"..."}
#pragma once

#include "drivers/base/line_client.hpp"
#include "kiosk/intake/deposit.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace intake {

// 64 KiB of body in base64 and what stands around it.
inline constexpr std::size_t longest_admin_line = 128 * 1024;

std::string answer_admin(Store& store, ReceiptSigner const& signer, std::string_view line);

// The store of a running server, from another process.
class AdminClient final : public StoreReader, public DepositDesk {
  public:
    static base::Result<std::unique_ptr<AdminClient>> connect(std::filesystem::path const& socket);

    base::Result<std::vector<Entry>> list(std::int64_t after, std::size_t most) override;
    base::Result<StoredRequest> fetch(crypto::Uuid const& id) override;
    std::vector<base::Result<Told>> tell(std::span<DmpOutcome const> outcomes) override;
    base::Result<std::optional<AuditHead>> audit_head() override;
    base::Result<Deposited> deposit(std::string const& kiosk, crypto::Uuid const& id,
                                    base::Bytes const& sealed) override;

  private:
    explicit AdminClient(base::LineClient line) : line_(std::move(line)) {}
    base::LineClient line_;
};

}  // namespace intake
