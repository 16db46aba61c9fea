#include "drivers/simulator/panel/draw.hpp"

#include "drivers/simulator/panel/look.hpp"

#include <algorithm>

namespace simulator {
namespace {

constexpr float slot_height = 132.0F;
constexpr float card_width = 142.0F;
constexpr float card_height = 90.0F;  // the proportions of ISO 7810 ID-1

ImU32 packed(ImVec4 const& colour) { return ImGui::ColorConvertFloat4ToU32(colour); }

void text(ImFont* font, ImVec4 const& colour, std::string const& words) {
    if (font != nullptr) ImGui::PushFont(font);
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::TextWrapped("%s", words.c_str());
    ImGui::PopStyleColor();
    if (font != nullptr) ImGui::PopFont();
}

std::string counted(std::uint64_t number, std::string const& one) {
    return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

std::string title_of(Panel const& panel, std::string const& id) {
    auto const found = std::ranges::find(panel.cards, id, &ListedCard::id);
    return found == panel.cards.end() ? id : found->title;
}

// A card with its chip side up, its back, or only the empty slot.
void draw_card(SlotView const& slot, ImVec2 at) {
    auto* list = ImGui::GetWindowDrawList();
    ImVec2 const end{at.x + card_width, at.y + card_height};
    if (!slot.inserted) {
        list->AddRect(at, end, packed(look::line), look::rounding, 0, 2.0F);
        ImVec2 const middle{(at.x + end.x) / 2.0F, (at.y + end.y) / 2.0F};
        list->AddLine({middle.x - 12.0F, middle.y}, {middle.x + 12.0F, middle.y},
                      packed(look::quiet), 2.0F);
        return;
    }
    list->AddRectFilled(at, end, packed(slot.turned ? look::quiet : look::main), look::rounding);
    if (slot.turned) {
        list->AddRectFilled({at.x, at.y + 14.0F}, {end.x, at.y + 34.0F}, packed(look::ink));
        return;
    }
    ImVec2 const chip{at.x + 18.0F, at.y + 30.0F};
    ImVec2 const chip_end{chip.x + 32.0F, chip.y + 26.0F};
    list->AddRectFilled(chip, chip_end, packed(look::gold), 5.0F);
    auto const lines = packed(look::main);
    list->AddLine({chip.x + 11.0F, chip.y}, {chip.x + 11.0F, chip_end.y}, lines);
    list->AddLine({chip.x + 21.0F, chip.y}, {chip.x + 21.0F, chip_end.y}, lines);
    list->AddLine({chip.x, chip.y + 13.0F}, {chip_end.x, chip.y + 13.0F}, lines);
    list->AddText({chip_end.x + 14.0F, chip.y + 4.0F}, packed(look::card), slot.profile.c_str());
}

void draw_slot(Panel const& panel, Window const& window) {
    ImGui::BeginChild("slot", {0.0F, slot_height}, true, ImGuiWindowFlags_NoScrollbar);
    auto const origin = ImGui::GetCursorScreenPos();
    if (!panel.slot) {
        text(window.strong_font(), look::warning, "The simulator does not answer");
        text(window.small_font(), look::quiet, panel.trouble);
        ImGui::EndChild();
        return;
    }
    auto const& slot = *panel.slot;
    draw_card(slot, origin);
    ImGui::SetCursorScreenPos({origin.x + card_width + 20.0F, origin.y});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.0F, 7.0F});
    ImGui::BeginGroup();
    if (slot.inserted) {
        text(window.strong_font(), look::ink, title_of(panel, slot.profile));
        if (slot.turned) text(window.small_font(), look::warning, "Turned over: it is mute");
        text(window.small_font(), look::quiet,
             counted(slot.apdus, "command") + ", " + counted(slot.resets, "reset"));
        if (!slot.connected)
            text(window.small_font(), look::quiet, "The reader has not taken it yet");
    } else {
        text(window.strong_font(), look::ink, "No card in the slot");
        text(window.small_font(), look::quiet, "Choose one below and insert it");
    }
    ImGui::EndGroup();
    ImGui::PopStyleVar();
    ImGui::EndChild();
}

// One row of the list; says whether it was clicked twice.
bool draw_row(Panel& panel, std::size_t index, Window const& window) {
    auto const& card = panel.cards[index];
    bool const chosen = index == panel.chosen;
    constexpr float indent = 74.0F;
    constexpr float margin = 12.0F;
    auto const origin = ImGui::GetCursorScreenPos();
    float const width = ImGui::GetContentRegionAvail().x;
    float const wrap = width - indent - margin;
    ImGui::PushFont(window.small_font());
    float const tests = ImGui::CalcTextSize(card.tests.c_str(), nullptr, false, wrap).y;
    ImGui::PopFont();
    float const height = margin + look::text_size + 4.0F + tests + margin;

    ImGui::PushID(static_cast<int>(index));
    if (ImGui::InvisibleButton("row", {width, height})) panel.chosen = index;
    bool const hovered = ImGui::IsItemHovered();
    bool const twice = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    ImGui::PopID();

    auto* list = ImGui::GetWindowDrawList();
    ImVec2 const end{origin.x + width, origin.y + height};
    if (chosen || hovered)
        list->AddRectFilled(origin, end, packed(chosen ? look::tint : look::hover), 8.0F);
    ImVec2 const words{origin.x + indent, origin.y + margin};
    list->AddText(window.strong_font(), look::text_size, {origin.x + margin, words.y},
                  packed(look::main), card.id.c_str());
    list->AddText(window.strong_font(), look::text_size, words, packed(look::ink),
                  card.title.c_str());
    list->AddText(window.small_font(), look::small_size,
                  {words.x, words.y + look::text_size + 4.0F}, packed(look::quiet),
                  card.tests.c_str(), nullptr, wrap);
    return twice;
}

bool button(char const* label, bool enabled, float width, Window const& window) {
    ImGui::BeginDisabled(!enabled);
    ImGui::PushFont(window.strong_font());
    ImGui::PushStyleColor(ImGuiCol_Button, enabled ? look::main : look::line);
    ImGui::PushStyleColor(ImGuiCol_Text, enabled ? look::card : look::quiet);
    bool const pressed = ImGui::Button(label, {width, look::button_height});
    ImGui::PopStyleColor(2);
    ImGui::PopFont();
    ImGui::EndDisabled();
    return pressed;
}

std::optional<Order> draw_buttons(Panel const& panel, Window const& window) {
    bool const inserted = panel.slot && panel.slot->inserted;
    bool const empty = panel.slot && !panel.slot->inserted;
    bool const any = panel.chosen < panel.cards.size();
    auto const profile = any ? panel.cards[panel.chosen].id : std::string{};
    float const width = (ImGui::GetContentRegionAvail().x - 3.0F * look::gap) / 4.0F;
    std::optional<Order> order;
    if (button("Insert", empty && any, width, window)) order = {Order::Kind::insert, profile};
    ImGui::SameLine();
    if (button("Swap", inserted && any, width, window)) order = {Order::Kind::swap, profile};
    ImGui::SameLine();
    if (button("Turn over", inserted, width, window)) order = {Order::Kind::turn};
    ImGui::SameLine();
    if (button("Remove", inserted, width, window)) order = {Order::Kind::remove};
    return order;
}

}  // namespace

std::optional<Order> draw(Panel& panel, Window const& window) {
    auto const* viewport = ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport->Pos);
    ImGui::SetNextWindowSize(viewport->Size);
    ImGui::Begin("panel", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings);
    text(window.title_font(), look::ink, "Virtual card reader");
    draw_slot(panel, window);
    auto order = draw_buttons(panel, window);
    if (panel.slot && !panel.trouble.empty())
        text(window.small_font(), look::warning, panel.trouble);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {8.0F, 8.0F});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.0F, 2.0F});
    ImGui::BeginChild("cards", {0.0F, 0.0F}, true);
    for (std::size_t i = 0; i < panel.cards.size(); ++i)
        if (draw_row(panel, i, window) && panel.slot)
            order = Order{panel.slot->inserted ? Order::Kind::swap : Order::Kind::insert,
                          panel.cards[i].id};
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
    ImGui::End();
    return order;
}

}  // namespace simulator
